"""Copies a folder of shapefiles with the records of each layer in another order.
usage: shuffle.py FROM TO SEED"""

import random
import shutil
import struct
import sys
from pathlib import Path


def shuffle_shapes(path, order):
    data = path.read_bytes()
    records, at = [], 100
    while at < len(data):
        words = struct.unpack_from(">i", data, at + 4)[0]
        records.append(data[at + 8:at + 8 + 2 * words])
        at += 8 + 2 * words
    shp, shx = bytearray(data[:100]), bytearray(data[:100])
    for number, which in enumerate(order, 1):
        words = len(records[which]) // 2
        shx += struct.pack(">ii", len(shp) // 2, words)
        shp += struct.pack(">ii", number, words) + records[which]
    struct.pack_into(">i", shx, 24, len(shx) // 2)
    path.write_bytes(shp)
    path.with_suffix(".shx").write_bytes(shx)


def shuffle_table(path, order):
    data = path.read_bytes()
    start, size = struct.unpack_from("<HH", data, 8)
    rows = [data[start + size * i:start + size * (i + 1)] for i in order]
    path.write_bytes(data[:start] + b"".join(rows) + data[start + size * len(order):])


def main():
    source, target, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    shutil.copytree(source, target)
    random.seed(seed)
    for table in sorted(target.glob("*.dbf")):
        order = list(range(struct.unpack_from("<i", table.read_bytes(), 4)[0]))
        random.shuffle(order)
        shuffle_shapes(table.with_suffix(".shp"), order)
        shuffle_table(table, order)


main()
