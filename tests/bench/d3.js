// d3-geo as a command: node d3.js LAYER.shp PROJECTION LABELS OUT.svg|OUT.png
// A layer drawn as people draw it with d3: read, projected, paths, names at the middle of what is
// wide enough for them; PNG through resvg.
import { writeFileSync } from "node:fs";
import { geoConicEqualArea, geoEqualEarth, geoPath } from "d3-geo";
import * as shapefile from "shapefile";

const [, , layer, projectionName, labels, out] = process.argv;
const [WIDTH, HEIGHT, FONT_SIZE] = [1600, 1200, 11];
const FILL = JSON.parse(process.env.BENCH_COLORS);

function escape(text) {
  return text.replace(/[&<]/g, (c) => (c === "&" ? "&amp;" : "&lt;"));
}

function svgOf(collection) {
  const projection = projectionName === "world"
    ? geoEqualEarth()
    : geoConicEqualArea().parallels([30.7, 37.2]).rotate([-67.7, 0]);
  const path = geoPath(projection.fitSize([WIDTH, HEIGHT], collection)).digits(2);
  const shapes = [], names = [];
  for (const feature of collection.features) {
    const { name, status } = feature.properties;
    shapes.push(`<path d="${path(feature)}" fill="${FILL[status] ?? FILL.unknown}"><title>${escape(name)}</title></path>`);
    if (labels !== "labels") continue;
    const [[x0], [x1]] = path.bounds(feature);
    if (x1 - x0 < name.length * FONT_SIZE * 0.6) continue;
    const [x, y] = path.centroid(feature);
    names.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}">${escape(name)}</text>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">
<g stroke="#fff" stroke-width="0.7" stroke-linejoin="round">${shapes.join("\n")}</g>
<g font-family="Noto Sans" font-size="${FONT_SIZE}" text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width="2" fill="#222">${names.join("\n")}</g>
</svg>
`;
}

if (!layer)
  process.exit(); // to measure the start

const svg = svgOf(await shapefile.read(layer, undefined, { encoding: "utf-8" }));
if (out.endsWith(".png")) {
  const { pngOf } = await import("./resvg.js");
  writeFileSync(out, pngOf(svg));
} else {
  writeFileSync(out, svg);
}
