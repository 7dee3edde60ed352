// The pages that the recipes make, in a browser. (What a map does in any page, tests/viewers/pages.js checks.)
// Leaves pictures of the maps in them: shot-NAME.png.
// usage: check.js NODE_MODULES CHROMIUM FOLDER
"use strict";
const { folder, axe, check, open, run, fs } = require("../page/browser.js");
const path = require("path");

const shot = async (page, which, name) =>
  page.locator(which).screenshot({ path: path.join(folder, "shot-" + name + ".png") });
const words = fs.readFileSync(path.join(folder, "map.txt"), "utf8").trim().replace(/\n/g, ". ");

async function pandoc(browser) {
  const { page, seen, close } = await open(browser, "report.html", {});
  const told = await page.evaluate(() => {
    const image = document.querySelector("img");
    return { alt: image.alt, own: image.naturalWidth, wide: image.getBoundingClientRect().width };
  });
  check("pandoc: the map is shown, as wide as it was drawn", told.own === 529 && Math.abs(told.wide - 529) < 0.5,
    JSON.stringify(told));
  check("pandoc: its words are there", told.alt === words, told.alt);
  check("pandoc: the page needs nothing else", seen.length === 0, seen.join());
  // Where a pixel begins, so that pictures can be compared.
  await page.addStyleTag({ content: "img{position:absolute;left:0;top:0;width:529px!important;height:397px!important}" });
  await shot(page, "img", "pandoc");
  await close();
}

async function sphinx(browser) {
  const { page, close } = await open(browser, "site/report.html", {});
  const told = await page.evaluate(() => {
    const image = document.querySelector("figure img");
    return { alt: image.alt, own: image.naturalWidth, src: image.getAttribute("src") };
  });
  check("sphinx: the map is shown, with its words", told.own === 529 && told.src.endsWith(".svg") &&
    told.alt.startsWith("Helmand"), JSON.stringify(told));
  await close();
}

async function own(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, seen, close } = await open(browser, "index.html", { colorScheme, viewport: { width: 1000, height: 800 } });
    const told = await page.evaluate(() => {
      const figures = [...document.querySelectorAll("figure")];
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      const fill = (f) => getComputedStyle(f.querySelector('[data-code="AF-HEL"]')).fill;
      const roads = figures.map((f) => f.querySelector(".pm-road-labels")).filter((e) => e);
      return {
        maps: document.querySelectorAll("figure > svg").length,
        twice: ids.length - new Set(ids).size,
        fills: figures.slice(0, 2).map(fill),
        roads: roads.map((e) => getComputedStyle(e).display),
        over: document.documentElement.scrollWidth - innerWidth,
        images: [...document.images].map((i) => i.naturalWidth),
        chosen: document.querySelector("picture img").currentSrc.replace(/.*\//, ""),
      };
    });
    const where = " in a " + colorScheme + " system";
    check("two maps" + where, told.maps === 2 && told.twice === 0, JSON.stringify(told));
    check("one of them restyled" + where, told.fills.join() === "rgb(223, 192, 54),rgb(242, 142, 43)", told.fills.join());
    check("no wider than the page" + where, told.over <= 0, String(told.over));
    check("images" + where, told.images.join() === "529,800", told.images.join());
    check("the picture" + where, told.chosen === (colorScheme === "dark" ? "night.png" : "day.png"), told.chosen);
    check("nothing complained of" + where, seen.length === 0, seen.join());
    if (colorScheme === "light") {
      await page.evaluate(axe);
      const faults = (await page.evaluate(() => axe.run({ resultTypes: ["violations"] }))).violations;
      check("axe finds no fault", faults.length === 0, faults.map((v) => v.id + " " + v.nodes[0].html.slice(0, 99)).join());
    }
    await page.addStyleTag({ content: "picture img{position:absolute;left:0;top:0}" });
    await shot(page, "picture img", colorScheme);
    await close();
  }
}

run(async (browser) => {
  if (fs.existsSync(path.join(folder, "report.html"))) await pandoc(browser);
  if (fs.existsSync(path.join(folder, "site"))) await sphinx(browser);
  await own(browser);
});
