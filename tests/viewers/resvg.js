// Renders an SVG with resvg. usage: resvg.js NODE_MODULES IN OUT
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const [modules, from, to] = process.argv.slice(2);
const { Resvg } = createRequire(path.join(path.resolve(modules), "package.json"))("@resvg/resvg-js");
fs.writeFileSync(to, new Resvg(fs.readFileSync(from)).render().asPng());
