"""The United States: counties and what is counted as such, with the state or territory of each.

One topology holds all borders, so that neighbours match. Simplification has left spikes and rings
without an inside in it; they go. Full names of counties that share a short one with an independent
city of the same state come from shapes/us-counties/facts/; those of the others are their short ones,
so that shapes.json can say of all that they are English.
"""

from collections import Counter

from .geometry import segments, without_spikes
from .layers import read_facts, read_topology, text, write_layer
from .packages import fail

NAME = "us-counties"

DEBIAN = {}
NPM = {"us-atlas": "3.0.1"}
SOURCES = {
    "counties": ("npm/us-atlas-3.0.1/package/counties-10m.json",
                 "145aaf5d1433352a6a1d8e86b5f149c7c653f9171baf14aaf75ee66575def1b0"),
}

STATES = 56  # 50 states, the District of Columbia, five territories

# Simplified to nothing by the source.
NO_SHAPE = {"51610"}  # the city of Falls Church, Virginia, 5 km²


def clean(polygons):
    """The polygons without what has no inside."""
    cleaned = [[without_spikes(ring) for ring in rings] for rings in polygons]
    return [[ring for ring in rings if ring] for rings in cleaned if rings[0]]


def make_counties(collection):
    states = {row["id"]: row["name"] for row, _ in collection("states")}
    full_names = {row["code"]: row["full_name"] for row in read_facts(NAME, "full_names")}
    rows, without = [], set()
    for county, polygons in collection("counties"):
        code, shape = county["id"], clean(polygons)
        if not shape:
            without.add(code)
            continue
        row = {"code": code, "name": county["name"], "full_name": full_names.pop(code, county["name"]), "state": states[code[:2]]}
        rows.append((row, shape))
    if full_names:
        fail(f"full_names.csv: there is no county {', '.join(full_names)}")
    if without != NO_SHAPE:
        fail(f"without a shape are {sorted(without)}, not {sorted(NO_SHAPE)}")
    return sorted(rows, key=lambda r: r[0]["code"])


def check_names(rows):
    """Each code once; each name once in its state, or else with a full name that occurs once."""
    codes = Counter(row["code"] for row, _ in rows)
    short = Counter((row["state"], row["name"]) for row, _ in rows)
    full = Counter((row["state"], row["full_name"]) for row, _ in rows)
    twice = [key for count in (codes, full) for key, n in count.items() if n > 1]
    if twice:
        fail(f"these are no longer unique: {twice}")
    for row, _ in rows:
        if (row["full_name"] != row["name"]) != (short[row["state"], row["name"]] > 1):
            fail(f"full_names.csv: {row['name']} ({row['code']}) has a full name without need, or needs one")
    if len({row["state"] for row, _ in rows}) != STATES:
        fail(f"there are not {STATES} states and territories")


def check_borders(rows):
    """A border has a county on one side or one on each, and none runs along the antimeridian."""
    sides = Counter(s for _, shape in rows for rings in shape for ring in rings for s in segments(ring))
    overused = [s for s, n in sides.items() if n > 1]
    if overused:
        fail(f"{len(overused)} segments have two counties on one side, e.g. {overused[0]}")
    if any(abs(x) >= 180 for s in sides for x, _ in s):
        fail("a county reaches the antimeridian: split it there")


def make(paths, folder):
    rows = make_counties(read_topology(paths["counties"]))
    check_names(rows)
    check_borders(rows)
    fields = {"code": text(5), "name": text(24), "full_name": text(24), "state": text(44)}
    write_layer(folder, "counties", "polygon", fields, rows)
