// resvg as a command: node resvg.js IN.svg OUT.png
import { readFileSync, writeFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";

export function pngOf(svg) {
  const font = { loadSystemFonts: false, fontFiles: [process.env.BENCH_FONT], defaultFontFamily: "Noto Sans" };
  return new Resvg(svg, { font, background: "#fff" }).render().asPng();
}

if (process.argv[1].endsWith("resvg.js"))
  writeFileSync(process.argv[3], pngOf(readFileSync(process.argv[2], "utf8")));
