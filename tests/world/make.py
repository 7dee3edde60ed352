"""The world by province, from the map that QGIS brings along (Natural Earth, public domain), as a shapefile
with a shapes.json, and a status file for it. usage: make.py world_map.gpkg FOLDER"""

import json
import sqlite3
import struct
import sys
from pathlib import Path

WGS84 = ('GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
         'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]')
FIELDS = [("code", 8), ("name", 60), ("country", 40)]
STATUSES = ["government", "contested", "insurgent", "insurgent_leaning", "other", "government_leaning"]
# In each of them one province that the status file names must appear, the first of these statuses.
NAMED = ["Ukraine", "Syria", "Sudan", "Myanmar", "Yemen", "Mali", "Ethiopia", "Somalia", "Libya", "Colombia", "Haiti",
         "Afghanistan", "Pakistan", "Mexico", "Philippines", "Mozambique", "Nigeria", "Iraq", "Mongolia", "Peru"]


def rings_of(blob):
    """The rings of a GeoPackage's polygon or multipolygon, each a list of (x, y)."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    data, at, rings = blob, 8 + envelope, []

    def geometry(at):
        order = "<" if data[at] else ">"
        kind, count = struct.unpack_from(order + "II", data, at + 1)
        at += 9
        for _ in range(count):
            if kind % 1000 == 6:
                at = geometry(at)
                continue
            points, = struct.unpack_from(order + "I", data, at)
            numbers = struct.unpack_from(f"{order}{2 * points}d", data, at + 4)
            rings.append(list(zip(numbers[::2], numbers[1::2])))
            at += 4 + 16 * points
        return at

    geometry(at)
    return rings


def polygon(rings):
    points = [p for ring in rings for p in ring]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    out = struct.pack("<i4d2i", 5, min(xs), min(ys), max(xs), max(ys), len(rings), len(points))
    start = 0
    for ring in rings:
        out += struct.pack("<i", start)
        start += len(ring)
    return out + b"".join(struct.pack("<2d", *p) for p in points)


def head(size):
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<2i8d", 1000, 5, -180, -90, 180, 90, 0, 0, 0, 0)


def write_shapes(path, shapes):
    shp, shx, at = [], [], 50
    for number, shape in enumerate(shapes, 1):
        words = len(shape) // 2
        shx.append(struct.pack(">2i", at, words))
        shp.append(struct.pack(">2i", number, words) + shape)
        at += 4 + words
    path.with_suffix(".shp").write_bytes(head(2 * at) + b"".join(shp))
    path.with_suffix(".shx").write_bytes(head(100 + 8 * len(shx)) + b"".join(shx))
    path.with_suffix(".prj").write_text(WGS84)
    path.with_suffix(".cpg").write_text("UTF-8")


def write_table(path, rows):
    size = 1 + sum(width for _, width in FIELDS)
    out = struct.pack("<B3BIHH20x", 3, 126, 1, 1, len(rows), 33 + 32 * len(FIELDS), size)
    for name, width in FIELDS:
        out += struct.pack("<11sc4xBB14x", name.encode(), b"C", width, 0)
    out += b"\r"
    for row in rows:
        cells = (text.encode()[:width].decode(errors="ignore").encode() for text, (_, width) in zip(row, FIELDS))
        out += b" " + b"".join(cell.ljust(width) for cell, (_, width) in zip(cells, FIELDS))
    path.with_suffix(".dbf").write_bytes(out + b"\x1a")


def main():
    source, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    query = "select fid, name, admin, geom from states_provinces where geom is not null order by fid"
    rows, shapes, areas, named = [], [], {}, set()
    for fid, name, country, geom in sqlite3.connect(source).execute(query):
        code, country = f"W{fid}", country or "?"
        rows.append((code, name or code, country))
        shapes.append(polygon(rings_of(geom)))
        if country in NAMED and country not in named:
            areas[code] = STATUSES[len(named) % len(STATUSES)]
            named.add(country)
    if len(named) != len(NAMED):
        sys.exit(f"no province of {sorted(set(NAMED) - named)}")
    write_shapes(folder / "provinces.shp", shapes)
    write_table(folder / "provinces.shp", rows)
    manifest = {"format": "provmap-shapes/1", "name": "The world", "unit": {"one": "province", "other": "provinces"},
                "layers": {"areas": {"file": "provinces.shp", "key": "code", "name": "name", "parent": "country"}}}
    (folder / "shapes.json").write_text(json.dumps(manifest))
    status = {"format": "provmap-status/1", "title": "The world by province", "as_of": "2021-05-04", "areas": areas}
    (folder / "status.json").write_text(json.dumps(status, indent=1))
    print(len(rows), "provinces")


main()
