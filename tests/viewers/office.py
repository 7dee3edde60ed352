"""That an SVG for office programs holds what they draw and no more: these elements with these attributes, whose
values are plain, and references within the file. usage: office.py FILE..."""
import re
import sys
import xml.etree.ElementTree as tree

SVG, XLINK, DC = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOOK = "fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray stroke-linecap stroke-linejoin"
SHAPE = "id class pointer-events " + LOOK  # and data-*
ATTRIBUTES = {
    "svg": "id class width height viewBox role lang " + LANG + " dir aria-label pointer-events fill-rule direction "
           "font-family font-weight font-style letter-spacing",
    "g": SHAPE + " transform clip-path", "path": SHAPE + " d fill-rule", "circle": SHAPE + " cx cy r",
    "rect": SHAPE + " x y width height", "use": SHAPE + " x y " + XLINK + "href",
    "pattern": "id width height patternUnits", "clipPath": "id",
    "title": "", "desc": "", "metadata": "", "defs": "",
}
PLAIN = {  # whatever else they could say is not understood everywhere
    "fill": r"none|#[0-9a-f]{6}|url\(#[\w-]+\)", "stroke": r"none|#[0-9a-f]{6}", "clip-path": r"url\(#[\w-]+\)",
    XLINK + "href": r"#[\w-]+", "d": r"[MmHhVvLlZzCcQqSsTt\d\s.,-]*", "transform": r"(translate|scale|rotate|matrix|[\d\s(),.-])+",
    "patternUnits": "userSpaceOnUse", "fill-rule": "nonzero|evenodd",
}


def faults(path):
    root = tree.parse(path).getroot()
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    if len(ids) != len(set(ids)):
        yield "an id stands twice"
    for element in root.iter():
        if element.tag.startswith((DC, RDF)):
            continue
        name = element.tag.replace(SVG, "")
        if name not in ATTRIBUTES:
            yield f"<{name}>"
            continue
        for key, value in element.attrib.items():
            if key not in ATTRIBUTES[name].split() and not key.startswith("data-"):
                yield f"<{name} {key}>"
            elif key in PLAIN and not re.fullmatch(PLAIN[key], value):
                yield f"{key}=\"{value[:60]}\""
            for target in re.findall(r"url\(#(.*?)\)", value) + ([value[1:]] if key == XLINK + "href" else []):
                if target not in ids:
                    yield f"{key} of nothing: {target}"


failed = False
for path in sys.argv[1:]:
    for fault in sorted(set(faults(path))):
        print(f"{path}: {fault}")
        failed = True
sys.exit(failed)
