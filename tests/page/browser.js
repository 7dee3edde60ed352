// A browser for tests of pages: opens those of a folder, counts what holds and says what does not.
// A test is started with NODE_MODULES CHROMIUM FOLDER.
"use strict";
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const { createRequire } = require("module");

const [modules, executablePath, folder] = process.argv.slice(2);
const need = createRequire(path.join(path.resolve(modules), "package.json"));
const { chromium } = need("playwright-core");
const axe = fs.readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
let passed = 0, failed = 0;

function check(what, good, told = "") {
  if (good) passed++;
  else {
    failed++;
    console.log("FAIL " + what + (told ? ": " + told : ""));
  }
}

// A page at hand; `seen` fills with what it complains of and what it asks for.
async function open(browser, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = [];
  page.on("console", (message) => seen.push(message.text()));
  page.on("pageerror", (error) => seen.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && request.url() !== "data:,") seen.push("asks for " + request.url());
  });
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  return { page, seen, close: () => context.close() };
}

// Runs the checks and ends the process.
function run(checks) {
  (async () => {
    const browser = await chromium.launch({ executablePath, args });
    await checks(browser);
    await browser.close();
    console.log(passed + " passed, " + failed + " failed");
    process.exit(failed ? 1 : 0);
  })().catch((error) => {
    console.log(String(error && error.stack));
    process.exit(1);
  });
}

module.exports = { fs, folder, axe, check, open, run };
