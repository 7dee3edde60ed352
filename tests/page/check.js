// Holds pages against what they must be, in a browser: no fault by axe's rules in any theme, width or
// language; nothing that names and texts say runs; nothing is loaded or refused; rows and areas show each
// other; the table sorts; it works without its script, fits a phone and prints.
// usage: check.js NODE_MODULES CHROMIUM FOLDER
"use strict";
const { fs, folder, axe, check, open, run } = require("./browser.js");

async function accessible(browser, name) {
  const { page, seen, close } = await open(browser, name, {});
  await page.evaluate(axe);
  for (const width of [1280, 390])
    for (const colorScheme of ["light", "dark"]) {
      const at = name + " " + width + " " + colorScheme;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      const faults = found.violations.map((v) => v.id + " " + v.nodes[0].html.slice(0, 200));
      check(at + " axe", faults.length === 0, faults.join("\n  "));
      check(at + " axe looked", found.passes.length > 15, String(found.passes.length));
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(at + " fits", beyond <= 0, beyond + " px too wide");
    }
  check(name + " is quiet", seen.length === 0, seen.join("\n  "));
  await close();
}

// That the rules find what is wrong: a page made worse.
async function rulesBite(browser, name) {
  const { page, close } = await open(browser, name, {});
  await page.evaluate(() => document.querySelector(".crop [role=img]").removeAttribute("aria-label"));
  await page.evaluate(() => document.querySelectorAll(".crop > svg > title").forEach((t) => t.remove()));
  await page.evaluate(() => document.documentElement.removeAttribute("lang"));
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  const ids = found.violations.map((v) => v.id);
  check("axe finds what is planted", ids.includes("svg-img-alt") && ids.includes("html-has-lang"), ids.join());
  await close();
}

async function inert(browser) {
  const { page, close } = await open(browser, "hostile.html", {});
  const told = await page.evaluate(() => ({
    title: document.title,
    scripts: document.scripts.length,
    strangers: document.querySelectorAll("img, base, b, i, iframe, [onload], [onerror]").length,
    links: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((h) => !h.startsWith("#")),
    heading: document.querySelector("h1").textContent,
  }));
  check("the title is only text", told.title.startsWith("</title><script>"), told.title);
  check("one script", told.scripts === 1, String(told.scripts));
  check("no strange elements", told.strangers === 0, String(told.strangers));
  const web = told.links.filter((link) => /^https:\/\/example\.org\//i.test(link));
  check("links lead to the web", told.links.length === 2 && web.length === 2, told.links.join());
  check("texts are whole", told.heading.endsWith("\"quoted\" & ]]> <!-- --"), told.heading);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
    return document.title === "ran";
  });
  check("the policy stops a script", !ran);
  await close();
}

const outlined = (page) => page.evaluate(() => document.querySelectorAll(".around2").length);
const on = (page) => page.evaluate(() => [...document.querySelectorAll(".on")].map((row) => row.id).join());

async function linked(browser) {
  const { page, close } = await open(browser, "everything.html", { viewport: { width: 1400, height: 900 } });
  await page.hover("#row-2 th");
  check("a row shows its area", (await outlined(page)) === 1);
  check("and itself", (await on(page)) === "row-2", await on(page));
  await page.focus("#row-3 a");
  check("by the keyboard, too", (await outlined(page)) === 1 && (await on(page)) === "row-3", await on(page));
  await page.focus("article a");
  check("an event shows its mark", (await outlined(page)) === 1);
  const box = await page.locator('.crop path[data-row="4"]').boundingBox();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
  check("an area shows its row", (await on(page)) === "row-4", await on(page));
  await page.mouse.click(box.x + box.width / 4, box.y + box.height / 4);
  const focused = await page.evaluate(() => document.activeElement.closest("tr").id);
  check("and leads to it", focused === "row-4", focused);
  await page.mouse.move(2, 2);
  check("and then no more", (await outlined(page)) === 0);
  const cells = () => page.evaluate(() => [...document.querySelector("tbody").rows].map((row) => row.cells[0].textContent).join());
  const before = await cells();
  await page.click("thead th:first-child button");
  const up = await cells();
  await page.click("thead th:first-child button");
  check("the table sorts", up === before.split(",").sort().join() && (await cells()) === up.split(",").reverse().join());
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.check("#theme-dark");
  check("the theme switches", (await paper()) !== light, await paper());
  const wide = () => page.evaluate(() => document.querySelector(".crop").getBoundingClientRect().width);
  const small = await wide();
  await page.check("#large");
  check("the map grows", (await wide()) > 1.4 * small);
  await close();
}

// The map, and the squares beside the statuses, follow the switch and the system; paper is light.
async function bothThemes(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, "both-themes.html", { colorScheme });
    const colors = () => page.evaluate(() => [".crop > svg > rect", '.crop path[data-row="1"]', "#row-1 .key rect"]
      .map((which) => getComputedStyle(document.querySelector(which)).fill).join());
    const system = await colors();
    await page.check("#theme-light");
    const light = await colors();
    await page.check("#theme-dark");
    const dark = await colors();
    await page.emulateMedia({ media: "print" });
    const paper = await colors();
    const what = "in a " + colorScheme + " system the map ";
    check(what + "follows it", system === (colorScheme === "dark" ? dark : light), system);
    check(what + "follows the switch", light !== dark && light.split("rgb")[2] !== dark.split("rgb")[2] &&
      light.split("rgb")[3] !== dark.split("rgb")[3], light + " / " + dark);
    check(what + "is light on paper", paper === light, paper);
    await close();
  }
}

async function plain(browser) {
  const options = { javaScriptEnabled: false, viewport: { width: 1400, height: 900 } };
  const { page, close } = await open(browser, "everything.html", options);
  await page.click("#row-2 th a");
  check("without a script a link finds its area", (await page.locator("path:target[data-row='2']").count()) === 1);
  await page.check("#theme-dark");
  check("and the theme switches", (await page.locator(":root:has(#theme-dark:checked)").count()) === 1);
  const pdf = await page.pdf({ format: "A4" });
  check("it prints", pdf.length > 20000, pdf.length + " bytes");
  await close();
}

// An animation: each day is seen in its time, all that is seen belongs to one day, and reader and system can stop it.
async function animated(browser) {
  const days = ["1", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"].map((day) => day + " August 2021");
  const captions = (page) => page.evaluate((days) => {
    const seen = [...document.querySelectorAll(".pm-days text")].filter((t) => getComputedStyle(t).visibility === "visible");
    return seen.map((t) => t.textContent).filter((t) => days.includes(t)).join();
  }, days);
  const said = (page) => page.evaluate(() => document.querySelector("output").textContent + "|" +
    document.getElementById("day").getAttribute("aria-valuetext") + "|" +
    document.querySelector("[aria-current] time").textContent);
  const status = (page) => page.evaluate(() => [...document.querySelectorAll(".pm-area[data-name=Helmand]")]
    .filter((area) => getComputedStyle(area).visibility === "visible").map((area) => area.dataset.status).join());
  const { page, close } = await open(browser, "animation.html", { viewport: { width: 1400, height: 900 } });
  await page.focus("#day");
  await page.waitForFunction((wanted) => document.querySelector("output").textContent === wanted, days[0]);
  await page.keyboard.press("Home");
  check("a key stops the animation", await page.isChecked("#pause"));
  for (const day of days) {
    check("the slider shows " + day, (await captions(page)) === day, await captions(page));
    check("the slider says " + day, (await said(page)) === [day, day, day].join("|"), await said(page));
    const held = day < "13" && day.length > 13 || day.length === 13 ? "government" : "insurgent";
    check("Helmand on " + day, (await status(page)) === held, await status(page));
    await page.keyboard.press("ArrowRight");
  }
  await page.uncheck("#pause");
  await page.focus("#day");
  await page.keyboard.press("Home");
  await page.uncheck("#pause");
  await page.waitForFunction((wanted) => document.querySelector("output").textContent === wanted, days[3]);
  check("left alone it goes on", (await captions(page)).length > 0);
  await close();

  const still = await open(browser, "animation.html", { reducedMotion: "reduce" });
  check("a system that wants less motion gets the last day", (await captions(still.page)) === days[10] &&
    (await said(still.page)).startsWith(days[10]), await captions(still.page));
  await still.page.focus("#day");
  await still.page.keyboard.press("Home");
  check("and any other by the slider", (await captions(still.page)) === days[0], await captions(still.page));
  await still.close();

  const bare = await open(browser, "animation.html", { javaScriptEnabled: false });
  await bare.page.check("#pause");
  const states = () => bare.page.locator(".pm-f1").first().evaluate((e) => getComputedStyle(e).animationPlayState);
  check("without a script it can be stopped", (await states()) === "paused", await states());
  await bare.page.uncheck("#pause");
  check("and goes on", (await states()) === "running", await states());
  check("and has no dead slider", !(await bare.page.isVisible("#day")));
  await bare.close();
}

run(async (browser) => {
  for (const name of fs.readdirSync(folder).filter((n) => n.endsWith(".html")).sort()) await accessible(browser, name);
  await rulesBite(browser, "everything.html");
  await inert(browser);
  await linked(browser);
  await bothThemes(browser);
  await plain(browser);
  await animated(browser);
});
