"""The layers that the benchmark draws, each made once into a folder of its own:

    A  the 34 provinces of Afghanistan, from shapes/
    B  the world's 4,556 provinces (408 k vertices), from Debian's package qgis-common
    C  B with twelve times the vertices (5.0 M)

A folder holds areas.shp (fields code, name, status), shapes.json and status.json. The same inputs
give the same bytes. The field `status` repeats what the status file says: the other programs have
no status files, and their colours need no join.
"""

import array
import hashlib
import itertools
import json
import math
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORLD = "debian/usr/share/qgis/resources/data/world_map.gpkg"
WORLD_SHA256 = "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"
EXAMPLE, EXAMPLE_DATE = ROOT / "tests/examples/afghanistan-2021-08.json", "2021-08-13"
STATUSES = ["government", "government_leaning", "contested", "insurgent_leaning", "insurgent"]
WGS84 = ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
         'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')


def fail(message):
    sys.exit(f"bench: error: {message}")


# --- shapefiles ----------------------------------------------------------------------------------

def flat(rings):
    return [array.array("d", itertools.chain.from_iterable(ring)) for ring in rings]


def polygon_record(rings):
    """(box, content of the record) of rings that are arrays x, y, x, y …"""
    xs, ys = ([v for ring in rings for v in ring[axis::2]] for axis in (0, 1))
    box = (min(xs), min(ys), max(xs), max(ys))
    firsts = [0, *itertools.accumulate(len(ring) // 2 for ring in rings)]
    head = struct.pack(f"<i4d2i{len(rings)}i", 5, *box, len(rings), firsts[-1], *firsts[:-1])
    return box, head + b"".join(ring.tobytes() for ring in rings)


def write_shp(path, records):
    boxes, contents = zip(*records)
    box = [f(b[i] for b in boxes) for i, f in enumerate((min, min, max, max))]
    words = [len(content) // 2 for content in contents]
    offsets = list(itertools.accumulate((4 + n for n in words), initial=50))

    def write(file, length, rows):
        with open(file, "wb") as out:
            out.write(struct.pack(">7i", 9994, 0, 0, 0, 0, 0, length) + struct.pack("<2i8d", 1000, 5, *box, 0, 0, 0, 0))
            out.writelines(rows)

    write(path, offsets[-1], itertools.chain.from_iterable(
        (struct.pack(">2i", i, n), content) for i, (n, content) in enumerate(zip(words, contents), 1)))
    write(path.with_suffix(".shx"), 50 + 4 * len(words), (struct.pack(">2i", *entry) for entry in zip(offsets, words)))


def read_shp(path):
    """The rings of each polygon, as lists of points."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        length = struct.unpack_from(">i", data, at + 4)[0]
        part_count, point_count = struct.unpack_from("<2i", data, at + 44)
        firsts = [*struct.unpack_from(f"<{part_count}i", data, at + 52), point_count]
        values = struct.unpack_from(f"<{2 * point_count}d", data, at + 52 + 4 * part_count)
        points = list(zip(values[::2], values[1::2]))
        yield [points[a:b] for a, b in zip(firsts, firsts[1:])]
        at += 8 + 2 * length


def read_dbf(path):
    data = path.read_bytes()
    count, head, length = struct.unpack_from("<IHH", data, 4)
    fields = [(data[at:at + 11].rstrip(b"\0").decode(), data[at + 16]) for at in range(32, head - 1, 32)]
    for i in range(count):
        at, row = head + i * length + 1, {}
        for name, width in fields:
            row[name] = data[at:at + width].decode().rstrip()
            at += width
        yield row


def write_dbf(path, rows):
    names = list(rows[0])
    columns = [[row[name].encode() for row in rows] for name in names]
    widths = [max(map(len, column)) for column in columns]
    with open(path, "wb") as out:
        out.write(struct.pack("<4BIHH20x", 3, 121, 8, 15, len(rows), 33 + 32 * len(names), 1 + sum(widths)))
        for name, width in zip(names, widths):
            out.write(struct.pack("<11sc4xB15x", name.encode(), b"C", width))
        out.write(b"\r")
        for values in zip(*columns):
            out.write(b" " + b"".join(value.ljust(width) for value, width in zip(values, widths)))
        out.write(b"\x1a")


def write_facts(folder, rows, area_name, credit, status):
    """All but the geometry. `rows` have code, name and status."""
    def write_json(name, value):
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    write_dbf(folder / "areas.dbf", rows)
    (folder / "areas.prj").write_text(WGS84)
    (folder / "areas.cpg").write_text("UTF-8")
    write_json("status.json", status)
    write_json("shapes.json", {
        "format": "provmap-shapes/1", "name": {"en": area_name}, "credit": credit,
        "unit": {"one": {"en": "province"}, "other": {"en": "provinces"}},
        "layers": {"areas": {"file": "areas.shp", "key": "code", "name": "name"}},
        "projection": "auto"})


# --- A -------------------------------------------------------------------------------------------

def status_on(entries, date):
    """What a status file's value says of a day."""
    return entries if isinstance(entries, str) else [e["status"] for e in entries if e["from"] <= date][-1]


def make_a(folder, _):
    source = ROOT / "shapes/afghanistan"
    status = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    for key in ("places", "shapes", "events"):
        status.pop(key, None)
    rows = []
    for row in read_dbf(source / "provinces.dbf"):
        names = {row["code"], row["name"], *row["aliases"].split("|")} & set(status["areas"])
        value = status["areas"][names.pop()] if names else "unknown"
        rows.append({"code": row["code"], "name": row["name"], "status": status_on(value, EXAMPLE_DATE)})
    for suffix in (".shp", ".shx"):
        shutil.copyfile(source / f"provinces{suffix}", folder / f"areas{suffix}")
    write_facts(folder, rows, "Afghanistan", "Boundaries: Natural Earth (public domain).", status)


# --- B -------------------------------------------------------------------------------------------

def fetch_world(cache):
    """Natural Earth's provinces, as Debian packs them for QGIS."""
    path = cache / WORLD
    if not path.is_file():
        for tool in ("apt-get", "dpkg"):
            if shutil.which(tool) is None:
                fail(f"B and C come from a Debian package, and {tool} is missing: put its file at {path}")
        run = lambda *command: subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
        run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", "qgis-common")
        for deb in cache.glob("qgis-common*.deb"):
            run("dpkg", "-x", deb, cache / "debian")
            deb.unlink()
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != WORLD_SHA256:
        fail(f"{path} is not the file of qgis-common 3.22.16 (Debian 12)")
    return path


def oriented(ring, clockwise):
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return ring if (twice_area < 0) == clockwise else ring[::-1]


def read_geometry(blob):
    """Rings of a GeoPackage's multipolygon, outer ones clockwise as in a shapefile."""
    envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    at, rings = 8 + envelope + 9, []
    for _ in range(struct.unpack_from("<I", blob, at - 4)[0]):
        ring_count = struct.unpack_from("<I", blob, at + 5)[0]
        at += 9
        for i in range(ring_count):
            n = struct.unpack_from("<I", blob, at)[0]
            values = struct.unpack_from(f"<{2 * n}d", blob, at + 4)
            rings.append(oriented(list(zip(values[::2], values[1::2])), i == 0))
            at += 4 + 16 * n
    return rings


def write_world_facts(folder, rows, what):
    write_facts(folder, rows, "World", f"Boundaries: Natural Earth (public domain){what}.", {
        "format": "provmap-status/1", "title": "The world's provinces", "as_of": "2021-08-15",
        "subtitle": "A made-up status for each, to measure speed",
        "areas": {row["code"]: row["status"] for row in rows}})


def make_b(folder, cache):
    world = sqlite3.connect(f"file:{fetch_world(cache)}?mode=ro", uri=True)
    rows, records = [], []
    for fid, name, blob in world.execute(
            "SELECT fid, coalesce(name, admin, ''), geom FROM states_provinces ORDER BY fid"):
        rows.append({"code": f"P{fid:04}", "name": name, "status": STATUSES[fid * 7919 % len(STATUSES)]})
        records.append(polygon_record(flat(read_geometry(blob))))
    write_shp(folder / "areas.shp", records)
    write_world_facts(folder, rows, "")


# --- C -------------------------------------------------------------------------------------------

LEVELS = 3     # a segment becomes eight pieces …
LONG = 5.5e-2  # … or sixteen, if it is longer than this (degrees)
SHORT = 1e-4   # what is shorter stays as it is
SWAY = 0.12    # a midpoint is moved aside by up to this part of its segment


def displaced(a, b, levels, seed):
    """The points between `a` and `b`, by midpoint displacement. Nothing but the two ends decides."""
    if levels == 0:
        return []
    seed = (seed * 1103515245 + 12345) & 0xFFFFFFFF
    sway = SWAY * ((seed >> 8) / (1 << 23) - 1)
    middle = ((a[0] + b[0]) / 2 - (b[1] - a[1]) * sway, (a[1] + b[1]) / 2 + (b[0] - a[0]) * sway)
    levels -= 1
    return [*displaced(a, middle, levels, seed ^ 0x5BD1E995), middle, *displaced(middle, b, levels, seed)]


def refine_segment(a, b):
    """Of a segment in the direction in which a < b, so that neighbours go on sharing their border."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    if length < SHORT or abs(a[0]) == 180 == abs(b[0]) or abs(a[1]) == 90 == abs(b[1]):
        return []
    return displaced(a, b, LEVELS + (length > LONG), zlib.crc32(struct.pack("<4d", *a, *b)))


def refine_ring(points, known):
    out = array.array("d", points[0])
    for a, b in zip(points, points[1:]):
        key = (a, b) if a < b else (b, a)
        inner = known.pop(key, None)  # most borders are met twice, and no more
        if inner is None:
            inner = known[key] = refine_segment(*key)
        for point in inner if key[0] == a else reversed(inner):
            out.extend(point)
        out.extend(b)
    return out


def make_c(folder, cache):
    b, known = make("B", cache), {}
    records = [polygon_record([refine_ring(ring, known) for ring in rings]) for rings in read_shp(b / "areas.shp")]
    write_shp(folder / "areas.shp", records)
    write_world_facts(folder, list(read_dbf(b / "areas.dbf")), ", with vertices made up for this measurement")


# -------------------------------------------------------------------------------------------------

MAKERS = {"A": make_a, "B": make_b, "C": make_c}


def make(name, cache):
    """The folder of a layer, made if it is not there yet."""
    folder, unfinished = cache / name, cache / f"{name}.new"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        print(f"bench: making layer {name}", file=sys.stderr)
        MAKERS[name](unfinished, cache)
        unfinished.rename(folder)
    return folder


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        make(wanted, pathlib.Path(sys.argv[1]))
