"""Reading and writing layers.

Polygons are [[outer ring, hole, …], …]; lines are [line, …]; a layer's rows are (attributes, shape).
Importing osgeo waits until it is needed, so that its absence can be reported with other tools'.
"""

import csv
import json

from .geometry import clip_segment, inside_box, rotated, segments
from .packages import SHAPES, fail

# Written into each .dbf instead of today's date.
DBF_DATE = "2021-08-15"
DBF_MAX = 254  # bytes in a text field


def read_facts(data_set, table):
    """The rows of shapes/DATA_SET/facts/TABLE.csv as dictionaries."""
    with open(SHAPES / data_set / "facts" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- to and from OGR ------------------------------------------------------------------------

def from_ogr(geometry):
    """All polygons or lines in an OGR geometry of any nesting."""
    from osgeo import ogr
    kind = ogr.GT_Flatten(geometry.GetGeometryType())
    if kind == ogr.wkbPolygon:
        return [[[p[:2] for p in ring.GetPoints()] for ring in geometry]]
    if kind == ogr.wkbLineString:
        return [[p[:2] for p in geometry.GetPoints()]]
    if kind in (ogr.wkbPoint, ogr.wkbMultiPoint):
        return []
    return [item for part in geometry for item in from_ogr(part)]


def to_ogr(kind, shape):
    from osgeo import ogr
    if kind == "point":
        geometry = ogr.Geometry(ogr.wkbPoint)
        geometry.AddPoint_2D(*shape)
        return geometry
    if kind == "line":
        geometry = ogr.Geometry(ogr.wkbMultiLineString)
        for line in shape:
            geometry.AddGeometry(ogr_points(ogr.wkbLineString, line))
        return geometry
    geometry = ogr.Geometry(ogr.wkbMultiPolygon)
    for rings in shape:
        polygon = ogr.Geometry(ogr.wkbPolygon)
        for ring in rings:
            polygon.AddGeometry(ogr_points(ogr.wkbLinearRing, ring))
        geometry.AddGeometry(polygon)
    return geometry


def ogr_points(kind, points):
    from osgeo import ogr
    geometry = ogr.Geometry(kind)
    for x, y in points:
        geometry.AddPoint_2D(x, y)
    return geometry


def clip_polygons(polygons, box):
    """The part of `polygons` inside `box`. GEOS keeps the vertices that are inside as they are; the
    order of parts and each ring's first vertex are fixed here, so that its version does not matter."""
    polygons = [p for p in polygons if any(clip_segment(a, b, box) for a, b in segments(p[0]))]
    whole = [p for p in polygons if inside_box(p[0], box)]
    cut = [p for p in polygons if not inside_box(p[0], box)]
    if cut:
        west, south, east, north = box
        frame = to_ogr("polygon", [[[(west, south), (west, north), (east, north), (east, south), (west, south)]]])
        for polygon in cut:
            rest = from_ogr(to_ogr("polygon", [polygon]).Intersection(frame))
            whole += [[rotated(ring) for ring in rings] for rings in rest]
    return whole


def read_layer(path, layer):
    """(feature id, attributes, geometry) of each feature of a GeoPackage layer."""
    from osgeo import ogr
    source = ogr.Open(str(path))
    return [(f.GetFID(), f.items(), from_ogr(f.geometry())) for f in source.GetLayer(layer)]


def text(most=64):
    """A field of at most so many bytes."""
    return "text", most


def integer(digits):
    return "integer", digits


def write_layer(folder, name, kind, fields, rows):
    """One shapefile. `kind`: point, line or polygon; `fields`: {name: text(…) or integer(…)}."""
    from osgeo import ogr, osr
    kinds = {"point": ogr.wkbPoint, "line": ogr.wkbLineString, "polygon": ogr.wkbPolygon}
    types = {"text": ogr.OFTString, "integer": ogr.OFTInteger}
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    driver = ogr.GetDriverByName("ESRI Shapefile")
    target = driver.CreateDataSource(str(folder / f"{name}.shp"))
    layer = target.CreateLayer(name, reference, kinds[kind],
                               ["ENCODING=UTF-8", f"DBF_DATE_LAST_UPDATE={DBF_DATE}"])
    for field, (type_, width) in fields.items():
        definition = ogr.FieldDefn(field, types[type_])
        definition.SetWidth(width)
        layer.CreateField(definition)
    for values, shape in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for field, (type_, width) in fields.items():
            if type_ == "text" and len(values[field].encode()) > width:
                fail(f"{name}: '{values[field]}' is too long for the field {field}")
            feature.SetField(field, values[field])
        feature.SetGeometry(to_ogr(kind, shape))
        layer.CreateFeature(feature)
    target = layer = None
    print(f"  {name + '.shp':16} {len(rows):4} features")


# --- TopoJSON -------------------------------------------------------------------------------

def read_topology(path):
    """A function that gives the objects of one collection of a TopoJSON file, arcs decoded, as
    rows (attributes with the id, shape)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def path_of(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    def shape_of(g):
        if g["type"] == "LineString":
            return [path_of(g["arcs"])]
        if g["type"] == "MultiLineString":
            return [path_of(line) for line in g["arcs"]]
        if g["type"] == "Polygon":
            return [[path_of(ring) for ring in g["arcs"]]]
        if g["type"] == "MultiPolygon":
            return [[path_of(ring) for ring in polygon] for polygon in g["arcs"]]
        return fail(f"unexpected geometry {g['type']} in {path.name}")

    def rows(collection):
        return [({"id": g.get("id"), **g.get("properties", {})}, shape_of(g))
                for g in topology["objects"][collection]["geometries"]]

    return rows
