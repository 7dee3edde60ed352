"""Points, lines and rings in plain Python.

A ring or line is a list of (lon, lat) pairs of doubles that are never computed with, so that
borders that are the same in the source stay the same bit by bit. A polygon is [outer ring, hole, …].
"""


def segments(ring):
    return list(zip(ring, ring[1:]))


def merge_lines(lines):
    """Joins lines that meet end to end (exactly two ends at a point), so that a dash pattern or a
    label runs along the whole. Keeps every vertex; the order of the result is fixed."""
    lines = [list(line) for line in lines if len(line) > 1]
    changed = True
    while changed:
        changed = False
        ends = {}
        for i, line in enumerate(lines):
            if line[0] != line[-1]:
                ends.setdefault(line[0], []).append(i)
                ends.setdefault(line[-1], []).append(i)
        for point in sorted(ends):
            if len(ends[point]) != 2:
                continue
            i, j = ends[point]
            first = lines[i] if lines[i][-1] == point else lines[i][::-1]
            second = lines[j] if lines[j][0] == point else lines[j][::-1]
            lines[i] = first + second[1:]
            del lines[j]
            changed = True
            break
    return sorted(lines, key=lambda line: (line[0], line[-1], len(line)))


def clip_line(line, box):
    """The pieces of `line` inside `box` (west, south, east, north); a new vertex only where the line
    crosses its edge."""
    pieces, piece = [], []
    for a, b in segments(line):
        cut = clip_segment(a, b, box)
        if cut is None:
            continue
        start, end = cut
        if not piece or piece[-1] != start:
            piece = [start]
            pieces.append(piece)
        piece.append(end)
    return pieces


def clip_segment(a, b, box):
    """Liang and Barsky: the part of a-b inside `box`, or None. Ends inside come back untouched."""
    west, south, east, north = box
    t0, t1 = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for p, q in ((-dx, a[0] - west), (dx, east - a[0]), (-dy, a[1] - south), (dy, north - a[1])):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            t0 = max(t0, q / p)
        else:
            t1 = min(t1, q / p)
    if t0 >= t1:
        return None
    at = lambda t: (a[0] + t * dx, a[1] + t * dy)
    return (a if t0 == 0 else at(t0), b if t1 == 1 else at(t1))


def inside_box(points, box):
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in points)


def contains(polygons, point):
    """Even-odd test against all rings of a feature."""
    x, y = point
    odd = False
    for polygon in polygons:
        for ring in polygon:
            for (x0, y0), (x1, y1) in segments(ring):
                if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                    odd = not odd
    return odd


def rotated(ring):
    """The same ring, beginning with its smallest vertex."""
    body = ring[:-1]
    start = body.index(min(body))
    return body[start:] + body[:start + 1]


def without_spikes(ring):
    """The ring without repeated points and without excursions that come back the way they went;
    [] if nothing is left."""
    points = []
    for point in ring[:-1]:
        while len(points) > 1 and points[-2] == point:
            points.pop()
        if not points or points[-1] != point:
            points.append(point)
    while len(points) > 2 and points[0] in (points[-1], points[-2]):
        points.pop()
    while len(points) > 2 and points[1] == points[-1]:
        points = points[1:-1]
    return points + points[:1] if len(points) > 2 else []
