// Maps as SVG inside pages of HTML, and on their own, in a browser: two in one page keep their own looks; scripts
// and searches find what they look for; a page can restyle; they follow the reader's system where they should,
// hold under a strict content security policy, and nothing that names say runs.
// usage: pages.js NODE_MODULES CHROMIUM FOLDER
"use strict";
const { folder, axe, check, open, run, fs } = require("../page/browser.js");
const path = require("path");

const map = (name) => fs.readFileSync(path.join(folder, name), "utf8");

// Writes a page and opens it.
async function show(browser, body, { head = "", ...options } = {}) {
  const page = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>A report</title>" + head +
    "<body><main><h1>A report</h1>" + body + "</main>";
  fs.writeFileSync(path.join(folder, "page.html"), page);
  return open(browser, "page.html", options);
}

const fillOf = (page, which) => page.evaluate((s) => getComputedStyle(document.querySelector(s)).fill, which);

async function together(browser) {
  const { page, seen, close } = await show(browser,
    "<div id=a>" + map("color.svg") + "</div><div id=b>" + map("mono.svg") + "</div>");
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id));
  check("two maps share no id", new Set(ids).size === ids.length && ids.length > 200, String(ids.length));
  const alone = {};
  for (const [place, name] of [["a", "color"], ["b", "mono"]]) {
    const single = await show(browser, map(name + ".svg"));
    alone[place] = await fillOf(single.page, '[data-code="AF-HEL"]');
    await single.close();
    const here = await fillOf(page, "#" + place + ' [data-code="AF-HEL"]');
    check(name + " looks in company as alone", here === alone[place] && here !== "none", here);
  }
  check("and they differ", alone.a !== alone.b, alone.a);
  const pattern = await page.evaluate(() => [...document.querySelectorAll("#b path")].map((p) => p.getAttribute("fill"))
    .filter((f) => f && f.startsWith("url(#")).every((f) => document.querySelector("#b " + f.slice(4, -1))));
  check("each has its own textures", pattern);
  check("nothing is complained of or asked for", seen.length === 0, seen.join());
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  const faults = found.violations.map((v) => v.id + " " + v.nodes[0].html.slice(0, 200));
  check("axe finds no fault", faults.length === 0 && found.passes.length > 5, faults.join());
  await close();
}

async function found(browser) {
  const { page, close } = await show(browser, map("color.svg"));
  const told = await page.evaluate(() => ({
    code: document.querySelector('[data-code="AF-HEL"]').dataset.name,
    status: document.querySelector(".pm-area.pm-contested").dataset.name,
    tooltip: document.querySelector('[data-code="AF-HEL"] > title').textContent,
    label: document.querySelector("svg").getAttribute("aria-label"),
  }));
  check("Helmand by its code", told.code === "Helmand", told.code);
  check("Helmand by its status", told.status === "Helmand", told.status);
  check("its tooltip", told.tooltip.startsWith("Helmand: Contested"), told.tooltip);
  check("the map in words", told.label.includes("Contested: 1 (Helmand)"), told.label);
  await close();
  for (const [name, wanted] of [["color", true], ["live", true], ["outline", false]]) {
    const { page: one, close: end } = await show(browser, map(name + ".svg"));
    check("a search for Lashkar Gah in " + name, (await one.evaluate(() => window.find("Lashkar Gah"))) === wanted);
    await end();
  }
}

async function restyled(browser) {
  const swatch = "[id$=layer-panel] path[fill='#dfc036']";
  const head = "<style>.report{--pm-contested:#010203} .pm-road-labels{display:none} .pm-outline path{stroke:#040506}</style>";
  const { page, close } = await show(browser, "<div class=report>" + map("color.svg") + "</div>", { head });
  check("a property changes the area", (await fillOf(page, ".pm-area.pm-contested")) === "rgb(1, 2, 3)");
  check("and its row of the legend", (await fillOf(page, swatch)) === "rgb(1, 2, 3)");
  await close();
  const rule = await show(browser, map("color.svg"), { head: "<style>.pm-contested{fill:#070809}</style>" });
  check("a page's rule is the stronger", (await fillOf(rule.page, ".pm-area.pm-contested")) === "rgb(7, 8, 9)");
  await rule.close();
}

async function dark(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, "both.svg", { colorScheme });
    const wanted = colorScheme === "dark" ? "rgb(166, 134, 45)" : "rgb(223, 192, 54)";
    const fill = await fillOf(page, ".pm-area.pm-contested");
    check("in a " + colorScheme + " system", fill === wanted, fill);
    await close();
    const fixed = await open(browser, "color.svg", { colorScheme });
    const same = await fillOf(fixed.page, ".pm-area.pm-contested");
    check("one theme stays in a " + colorScheme + " system", same === "rgb(223, 192, 54)", same);
    await fixed.close();
  }
}

async function strict(browser) {
  const head = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";
  const { page, close } = await show(browser, map("color.svg"), { head });
  const looks = await page.evaluate(() => ({
    rules: [...document.styleSheets].length,
    fill: getComputedStyle(document.querySelector(".pm-area.pm-contested")).fill,
    family: getComputedStyle(document.querySelector("text")).fontFamily,
  }));
  check("the policy is strict", looks.rules === 0, String(looks.rules));
  check("under it the look stays", looks.fill === "rgb(223, 192, 54)" && looks.family.includes("Noto Sans"), looks.fill);
  await close();
}

// Links of the sources: to the web, and to be hit between the letters.
async function inert(browser) {
  const addresses = [`https://example.org/?a=1&b="'><script>document.title='ran'</script>`, "HTTPS://example.org/e"];
  for (const [file, inPage] of [["hostile.svg"], ["hostile.svg", true], ["hostile-outline.svg"], ["hostile-tree.svg", true]]) {
    const { page, seen, close } = inPage ? await show(browser, map(file)) : await open(browser, file, {});
    const told = await page.evaluate(() => {
      const links = [...document.querySelectorAll("a")];
      const hit = (link) => {
        link.scrollIntoView({ block: "center" });
        const box = link.querySelector("text, rect").getBoundingClientRect();
        const at = [...Array(9).keys()].map((i) => box.left + (box.width * (i + 1)) / 10);
        return at.every((x) => document.elementFromPoint(x, box.top + box.height / 2)?.closest("a") === link);
      };
      return {
        strangers: document.querySelectorAll("script, foreignObject, image, iframe, [onload], [onerror], [onclick]").length,
        title: document.querySelector("svg > title, title").textContent.length,
        links: links.map((link) => link.getAttributeNS("http://www.w3.org/1999/xlink", "href")),
        hit: links.filter(hit).length,
      };
    });
    const where = file + (inPage ? " in a page" : " on its own");
    check("hostile names do nothing: " + where, told.strangers === 0 && seen.length === 0, JSON.stringify(told) + seen.join());
    check("and are read: " + where, told.title > 3);
    check("only the web is linked: " + where, told.links.join() === addresses.join(), told.links.join());
    check("a line is one target: " + where, told.hit === addresses.length, told.hit);
    await close();
  }
}

// What readers of the screen are given: roles and names, without what is ignored.
async function readable(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter((n) => !n.ignored).map((n) => ({ role: n.role.value, name: n.name ? n.name.value : "" }));
}

async function tree(browser) {
  for (const name of ["tree", "color"]) {
    const { page, close } = await show(browser, map(name + ".svg"));
    const nodes = await readable(page);
    const named = (role) => nodes.filter((n) => n.role === role).map((n) => n.name);
    const lists = named("list"), items = named("listitem");
    if (name === "color") {
      check("a map is one picture", named("image").length === 1 && items.length === 0, JSON.stringify(named("image")));
    } else {
      check("a tree has lists", lists.join() === "Province status,Town status,Events", lists.join());
      check("each area is in them once", items.filter((n) => n.startsWith("Nimroz:")).length === 1, String(items.length));
      check("with what holds there", items.some((n) => n.startsWith("Helmand: Contested") && n.includes("last verified 4 May 2021")));
      const texts = named("StaticText");
      check("the legend can be read", texts.includes("Contested"), texts.join().slice(0, 300));
      check("names on the map are not read again", texts.filter((n) => n === "Nimroz").length === 0);
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      const faults = found.violations.map((v) => v.id + " " + v.nodes[0].html.slice(0, 200));
      check("axe finds no fault in a tree", faults.length === 0, faults.join());
    }
    await close();
  }
}

run(async (browser) => {
  await together(browser);
  await found(browser);
  await restyled(browser);
  await dark(browser);
  await strict(browser);
  await inert(browser);
  await tree(browser);
});
