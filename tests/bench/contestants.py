"""The programs that are compared. Each is a class with

    name      as the table calls it
    install   what to install where it is missing
    ready()   True if it can run here, after what it needs was built in the cache folder
    version() of it
    start()   the command that starts it and does nothing
    draw(layer, kind, out)   the command that draws a layer of layers.py into the file `out`

The pictures are equivalent, as far as each can: 1600x1200, equal-area, areas filled by status, borders,
and on A and B the areas' names with halos in Noto Sans, where there is room. provmap alone has title,
legend, notes and scale bar, and names in every row. `kind` is how the others draw a row:

    plain     fills and borders       labelled  names besides
    simple    fills and borders, simplified for the size of the page by those that can
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
SIZE = WIDTH, HEIGHT = 1600, 1200
COLORS = {"government": "#3b6fb6", "government_leaning": "#9cb8dc", "contested": "#e3b23c",
          "insurgent_leaning": "#dd9a90", "insurgent": "#b03a2e", "unknown": "#cccccc"}
ALBERS = "+proj=aea +lat_1=30.7 +lat_2=37.2 +lat_0=34 +lon_0=67.7 +datum=WGS84 +units=m"
EQUAL_EARTH = "+proj=eqearth +datum=WGS84 +units=m"
LONGLAT = "+proj=longlat +datum=WGS84"
# By layer: the projection, and what of it the page shows (metres).
VIEWS = {"A": (ALBERS, (-690000, -520000, 690000, 515000)),
         "B": (EQUAL_EARTH, (-17250000, -12937500, 17250000, 12937500))}
VIEWS["C"] = VIEWS["B"]


def output_of(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace")


def find_font():
    listed = output_of("fc-list", "Noto Sans:style=Regular", "file") if shutil.which("fc-list") else ""
    files = sorted(line.rstrip(": ") for line in listed.splitlines() if "NotoSans-Regular" in line)
    return files[0] if files else "NotoSans-Regular.ttf"


class Contestant:
    def __init__(self, cache):
        self.cache, self.font = cache, find_font()

    def file(self, name, text):
        """A file of that name and content in the cache folder."""
        path = self.cache / "input" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text() != text:
            path.write_text(text)
        return path


class Provmap(Contestant):
    name, install = "provmap", "build it: cmake --workflow --preset release"

    def __init__(self, cache, program):
        super().__init__(cache)
        self.program = program

    def ready(self):
        return os.access(self.program, os.X_OK)

    def version(self):
        return output_of(self.program, "--version").split()[-1]

    def start(self):
        return [self.program, "--version"]

    def refuse(self, layer):
        """Tells of an error in a status file."""
        status = self.file("wrong.json", '{"format": "provmap-status/1", "title": "T", "as_of": "2021-08-15",\n'
                                         ' "areas": {"AF-HEL": "contestd"}}\n')
        return [self.program, "check", status, "-s", layer]

    def draw(self, layer, kind, out):
        date = ["--date", "2021-08-13"] if layer.name == "A" else []
        # as the others, whose areas have no ids, names and tooltips either
        areas = ["--areas", "merged"] if kind == "simple" else []
        return [self.program, "render", layer / "status.json", "-s", layer, *date, *areas, "--size",
                f"{WIDTH}x{HEIGHT}", "-q", "-o", out]

    def year(self, layer, ending, more, folder, threads, count):
        """As many maps of A in one process: a day each, on each of which an area changes hands. `more`: of the jobs file."""
        shown = json.loads((layer / "status.json").read_text(encoding="utf-8"))
        days = [(datetime.date(2021, 1, 1) + datetime.timedelta(i)).isoformat() for i in range(count)]
        areas = {key: [] for key in shown["areas"]}
        for i, day in enumerate(days):
            for k, records in enumerate(areas.values()):
                if i == 0 or i % len(areas) == k:
                    records.append({"status": list(COLORS)[(i + k) % 5], "from": day})
        status = self.file("year.json", json.dumps({**shown, "as_of": days[-1], "areas": areas}))
        jobs = self.file(f"jobs{ending}.json", json.dumps({
            "format": "provmap-jobs/1", "status": str(status), "shapes": str(layer), "size": f"{WIDTH}x{HEIGHT}", **more,
            "matrix": {"date": {"from": days[0], "to": days[-1], "every": 1}}, "output": "{date}" + ending}))
        return [self.program, "batch", jobs, "--folder", folder, "--jobs", threads, "-q"]


class Mapnik(Contestant):
    name, install = "Mapnik", "apt-get install libmapnik-dev g++"

    def ready(self):
        self.program = self.cache / "mapnik"
        if not shutil.which("mapnik-config") or not shutil.which("c++"):
            return False
        source = HERE / "mapnik.cpp"
        if not self.program.is_file() or self.program.stat().st_mtime < source.stat().st_mtime:
            plugin = output_of("mapnik-config", "--input-plugins").strip() + "/shape.input"
            flags = output_of("mapnik-config", "--cxxflags", "--defines", "--includes", "--dep-includes", "--libs")
            print(output_of("c++", "-O2", "-o", self.program, source, f'-DMAPNIK_SHAPE_PLUGIN="{plugin}"',
                            *flags.split()), end="")
        return self.program.is_file()

    def version(self):
        return output_of(self.program, "--version").strip()

    def start(self):
        return [self.program, "--version"]

    def draw(self, layer, kind, out):
        simplify = ' simplify="0.3"' if kind == "simple" else ""
        rules = "".join(
            f"<Rule><Filter>[status]='{status}'</Filter><PolygonSymbolizer fill='{color}'{simplify}/>"
            f"<LineSymbolizer stroke='#fff' stroke-width='0.7' stroke-linejoin='round'{simplify}/></Rule>"
            for status, color in COLORS.items())
        names = ("<Style name='names'><Rule><TextSymbolizer face-name='Noto Sans Regular' size='11' fill='#222' "
                 "halo-fill='#fff' halo-radius='1'>[name]</TextSymbolizer></Rule></Style>")
        labelled = kind == "labelled"
        xml = self.file(f"mapnik-{layer.name}-{kind}.xml", (
            f"<Map srs='{VIEWS[layer.name][0]}' background-color='#fff'><Style name='areas'>{rules}</Style>"
            f"{names if labelled else ''}<Layer name='areas' srs='{LONGLAT}'><StyleName>areas</StyleName>"
            f"{'<StyleName>names</StyleName>' if labelled else ''}<Datasource><Parameter name='type'>shape</Parameter>"
            f"<Parameter name='file'>{layer / 'areas.shp'}</Parameter></Datasource></Layer></Map>\n"))
        return [self.program, xml, self.font, WIDTH, HEIGHT, out]


class MapServer(Contestant):
    name, install = "MapServer", "apt-get install mapserver-bin"

    def ready(self):
        self.program = shutil.which("map2img") or shutil.which("shp2img")
        return self.program is not None

    def version(self):
        return output_of(self.program, "-v").split()[2]

    def start(self):
        return [self.program, "-v"]

    def draw(self, layer, kind, out):
        projection, extent = VIEWS[layer.name]
        driver = {".png": "AGG/PNG", ".svg": "CAIRO/SVG"}[out.suffix]
        label = ('LABEL TYPE TRUETYPE FONT "sans" SIZE 8 COLOR "#222222" OUTLINECOLOR "#ffffff" '
                 "PARTIALS FALSE ENCODING \"UTF-8\" END") if kind == "labelled" else ""
        classes = "\n".join(f'CLASS EXPRESSION "{status}" STYLE COLOR "{color}" END '
                            f'STYLE OUTLINECOLOR "#ffffff" WIDTH 0.7 LINEJOIN ROUND END {label} END'
                            for status, color in COLORS.items())
        fonts = self.file("fonts.txt", f"sans {self.font}\n")
        mapfile = self.file(f"mapserver-{layer.name}-{kind}{out.suffix}.map", (
            f'MAP\nNAME "bench" SIZE {WIDTH} {HEIGHT} EXTENT {" ".join(map(str, extent))}\nFONTSET "{fonts}"\n'
            f'PROJECTION "{projection}" END\nOUTPUTFORMAT NAME "out" DRIVER "{driver}" IMAGEMODE RGB END IMAGETYPE "out"\n'
            f'LAYER NAME "areas" TYPE POLYGON STATUS DEFAULT DATA "{layer / "areas"}" PROJECTION "{LONGLAT}" END\n'
            f'CLASSITEM "status" LABELITEM "name"\n{classes}\nEND\nEND\n'))
        return [self.program, "-m", mapfile, "-o", out]


class OfNpm(Contestant):
    """Those of package.json, installed into the cache folder as package-lock.json pins them."""

    def ready(self):
        if not shutil.which("node") or not shutil.which("npm"):
            return False
        self.folder = self.cache / "npm"
        lock, done = (HERE / "package-lock.json").read_text(), self.folder / "installed"
        if not done.is_file() or done.read_text() != lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(HERE / name, self.folder / name)
            if subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
                              cwd=self.folder).returncode != 0:
                return False
            done.write_text(lock)
        for name in ("d3.js", "resvg.js"):
            shutil.copyfile(HERE / name, self.folder / name)
        self.node = shutil.which("node")
        os.environ["BENCH_COLORS"], os.environ["BENCH_FONT"] = json.dumps(COLORS), self.font
        return True

    def version(self):
        read = lambda name: json.loads((self.folder / "node_modules" / name / "package.json").read_text())["version"]
        return f"{read(self.package)} (resvg-js {read('@resvg/resvg-js')}, Node {output_of(self.node, '--version').strip()})"


class D3(OfNpm):
    name, install, package = "d3-geo", "apt-get install nodejs npm; it fetches the rest", "d3-geo"

    def start(self):
        return [self.node, self.folder / "d3.js"]

    def draw(self, layer, kind, out):
        return [self.node, "--max-old-space-size=4096", self.folder / "d3.js", layer / "areas.shp",
                "country" if layer.name == "A" else "world", "labels" if kind == "labelled" else "none", out]


class Mapshaper(OfNpm):
    name, install, package = "mapshaper", "apt-get install nodejs npm; it fetches the rest", "mapshaper"

    def start(self):
        return [self.node, self.folder / "node_modules/mapshaper/bin/mapshaper", "--version"]

    def draw(self, layer, kind, out):
        svg = out.with_suffix(".mapshaper.svg") if out.suffix == ".png" else out
        projection = ALBERS if layer.name == "A" else EQUAL_EARTH
        names, target = [], "areas"
        if kind == "labelled" and layer.name == "A":  # it would write the names of B over each other
            names = ["-points", "inner", "+", "name=names", "target=areas",
                     "-style", "stroke=none", "fill=#222", "label-text=name", "font-size=11", "text-anchor=middle", "font-family=Noto Sans"]
            target = "areas,names"
        simplify = ["-simplify", f"resolution={WIDTH}x{HEIGHT}", "keep-shapes"] if kind == "simple" else []
        draw = [self.node, "--max-old-space-size=4096", self.folder / "node_modules/mapshaper/bin/mapshaper",
                "-i", layer / "areas.shp", *simplify, "-proj", projection,
                "-style", f"fill=({json.dumps(COLORS)})[status]", "stroke=#fff", "stroke-width=0.7", *names,
                "-o", svg, f"target={target}", f"width={WIDTH}", f"height={HEIGHT}"]
        if out.suffix == ".svg":
            return draw
        return ["/bin/sh", "-c", f'"$@" && "{self.node}" "{self.folder}/resvg.js" "{svg}" "{out}"', "sh", *draw]


PEERS = (Mapnik, MapServer, D3, Mapshaper)
