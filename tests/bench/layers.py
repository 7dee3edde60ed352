"""The layers that the benchmark draws, each made once into a folder of its own:

    A  the 34 provinces of Afghanistan, from shapes/
    B  the world's 4,556 provinces, from Debian's package qgis-common
    C  B with about twelve times the vertices

A folder holds areas.shp (fields code, name, status), shapes.json and status.json. The same inputs
give the same bytes. The field `status` repeats what the status file says: the other programs have
no status files, and their colours need no join.
"""

import array
import csv
import hashlib
import io
import json
import math
import pathlib
import shutil
import struct
import subprocess
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORLD = "debian/usr/share/qgis/resources/data/world_map.gpkg"
WORLD_SHA256 = "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"
EXAMPLE, EXAMPLE_DATE = ROOT / "tests/examples/afghanistan-2021-08.json", "2021-08-13"
STATUSES = ["government", "government_leaning", "contested", "insurgent_leaning", "insurgent"]


def fail(message):
    sys.exit(f"bench: error: {message}")


def run(*command, **options):
    if shutil.which(command[0]) is None:
        fail(f"{command[0]} is missing (Debian: gdal-bin for ogr2ogr)")
    done = subprocess.run(command, stdout=subprocess.PIPE, **options)
    if done.returncode != 0:
        fail(f"'{' '.join(map(str, command))}' failed with exit code {done.returncode}")
    return done.stdout


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_manifest(folder, name, unit, credit):
    write_json(folder / "shapes.json", {
        "format": "provmap-shapes/1", "name": {"en": name}, "credit": credit,
        "unit": {"one": {"en": unit}, "other": {"en": unit + "s"}},
        "layers": {"areas": {"file": "areas.shp", "key": "code", "name": "name"}},
        "projection": "auto"})


def write_shapes(source, sql, folder):
    """areas.shp from what `sql` selects; without the day on which that was done."""
    run("ogr2ogr", "-f", "ESRI Shapefile", folder / "areas.shp", source, "-dialect", "SQLITE", "-sql", sql,
        "-nln", "areas", "-lco", "ENCODING=UTF-8", "-lco", "DBF_DATE_LAST_UPDATE=2021-08-15")


# --- A -----------------------------------------------------------------------------------------

def status_on(entries, date):
    """What a status file's value says of a day."""
    entries = entries if isinstance(entries, list) else [{"from": "", "status": entries}]
    return [e["status"] for e in entries if e["from"] <= date][-1]


def make_a(folder, _):
    source = ROOT / "shapes/afghanistan/provinces.shp"
    table = run("ogr2ogr", "-f", "CSV", "/vsistdout/", source, "-select", "code,name,aliases").decode()
    codes = {}
    for row in csv.DictReader(io.StringIO(table)):
        for name in [row["name"], *row["aliases"].split("|")]:
            codes[name] = row["code"]
    status = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    for key in ("places", "shapes", "events"):
        status.pop(key, None)
    write_json(folder / "status.json", status)
    cases = " ".join(f"WHEN '{codes[name]}' THEN '{status_on(value, EXAMPLE_DATE)}'"
                     for name, value in sorted(status["areas"].items()))
    write_shapes(source, f"SELECT geometry, code, name, CASE code {cases} ELSE 'unknown' END AS status FROM provinces",
                 folder)
    write_manifest(folder, "Afghanistan", "province", "Boundaries: Natural Earth (public domain).")


# --- B -----------------------------------------------------------------------------------------

def fetch_world(cache):
    """Natural Earth's provinces, as Debian packs them for QGIS."""
    path = cache / WORLD
    if not path.is_file():
        run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", "qgis-common", cwd=cache)
        for deb in cache.glob("qgis-common*.deb"):
            run("dpkg", "-x", deb, cache / "debian")
            deb.unlink()
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != WORLD_SHA256:
        fail(f"{path} is not the file of qgis-common 3.22.16 (Debian 12)")
    return path


def write_world_facts(folder, codes, what):
    write_json(folder / "status.json", {
        "format": "provmap-status/1", "title": "The world's provinces", "as_of": "2021-08-15",
        "subtitle": "A made-up status for each, to measure speed",
        "areas": {code: status for code, status in codes}})
    write_manifest(folder, "World", "province", f"Boundaries: Natural Earth (public domain){what}.")


def read_codes(folder):
    table = run("ogr2ogr", "-f", "CSV", "/vsistdout/", folder / "areas.shp", "-select", "code,status").decode()
    return [(row["code"], row["status"]) for row in csv.DictReader(io.StringIO(table))]


def make_b(folder, cache):
    names = " ".join(f"WHEN {i} THEN '{status}'" for i, status in enumerate(STATUSES))
    write_shapes(fetch_world(cache),
                 "SELECT geom, printf('P%04d', fid) AS code, coalesce(name, admin, '') AS name, "
                 f"CASE (fid * 7919) % {len(STATUSES)} {names} END AS status FROM states_provinces ORDER BY fid", folder)
    write_world_facts(folder, read_codes(folder), "")


# --- C -----------------------------------------------------------------------------------------

LEVELS = 3           # a segment becomes eight pieces …
LONG = 5.5e-2        # … or sixteen, if it is longer than this (degrees): 5.0 M vertices in all
SHORT = 1e-4         # what is shorter stays as it is
SWAY = 0.12          # a midpoint is moved aside by up to this part of its segment


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
    """The same points in either direction, so that neighbours go on sharing their border."""
    if a > b:
        return refine_segment(b, a)[::-1]
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


def refine_polygon(record, known):
    """One record's content, its rings refined."""
    part_count, point_count = struct.unpack_from("<2i", record, 36)
    starts = [*struct.unpack_from(f"<{part_count}i", record, 44), point_count]
    flat = struct.unpack_from(f"<{2 * point_count}d", record, 44 + 4 * part_count)
    points = list(zip(flat[::2], flat[1::2]))
    rings = [refine_ring(points[a:b], known) for a, b in zip(starts, starts[1:])]
    xs, ys = ([v for ring in rings for v in ring[axis::2]] for axis in (0, 1))
    firsts = [0]
    for ring in rings:
        firsts.append(firsts[-1] + len(ring) // 2)
    box = (min(xs), min(ys), max(xs), max(ys))
    return box, firsts[-1], (struct.pack("<i4d2i", 5, *box, part_count, firsts[-1]) +
                             struct.pack(f"<{part_count}i", *firsts[:-1]) + b"".join(r.tobytes() for r in rings))


def refine_shapefile(source, target):
    data, at, known = source.read_bytes(), 100, {}
    body, index, boxes, total, words_before = [], [], [], 0, 50
    while at < len(data):
        number, words = struct.unpack_from(">2i", data, at)
        box, count, content = refine_polygon(data[at + 8:at + 8 + 2 * words], known)
        index.append((words_before, len(content) // 2))
        words_before += 4 + len(content) // 2
        body.append(struct.pack(">2i", number, len(content) // 2) + content)
        boxes.append(box)
        total += count
        at += 8 + 2 * words
    box = [f(b[i] for b in boxes) for i, f in enumerate((min, min, max, max))]
    head = lambda words: struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i8d", 1000, 5, *box, 0, 0, 0, 0)
    content = b"".join(body)
    target.write_bytes(head(50 + len(content) // 2) + content)
    target.with_suffix(".shx").write_bytes(
        head(50 + 4 * len(index)) + b"".join(struct.pack(">2i", *entry) for entry in index))
    return total


def make_c(folder, cache):
    b = make("B", cache)
    total = refine_shapefile(b / "areas.shp", folder / "areas.shp")
    print(f"bench: C has {total} vertices", file=sys.stderr)
    for suffix in (".dbf", ".prj", ".cpg"):
        shutil.copyfile(b / f"areas{suffix}", folder / f"areas{suffix}")
    write_world_facts(folder, read_codes(folder), ", with vertices made up for this measurement")


# -----------------------------------------------------------------------------------------------

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
