// usage: node resvg.js IN.svg OUT.png
const {readFileSync, writeFileSync} = require('fs');
const {Resvg} = require('@resvg/resvg-js');
const [svg, png] = process.argv.slice(2);
writeFileSync(png, new Resvg(readFileSync(svg, 'utf8'), {background: 'white'}).render().asPng());
