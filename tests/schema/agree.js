// Holds the JSON Schemas against the reader: both must accept and refuse the same files.
//
// Documents that use every key are changed in one place at a time: each key deleted, misspelt and
// joined by unknown ones, each value replaced by values of all types and by those at the edges of
// its range; then in several places at once. To these come all files of the tree.
// usage: agree.js SOURCE_DIR NODE_MODULES VERDICTS WORK_DIR
"use strict";
const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");
const { createRequire } = require("module");

const [source, modules, verdicts, work] = process.argv.slice(2).map((p) => path.resolve(p));
const need = createRequire(path.join(modules, "package.json"));
const Ajv = need("ajv/dist/2020");
const addFormats = need("ajv-formats");

const kinds = ["status", "shapes", "style", "aliases", "jobs"];
const ajv = new Ajv({ strict: true });
addFormats(ajv);

let faults = 0;
function fault(text) {
  faults++;
  if (faults <= 30) console.log(text);
}

function readJson(...parts) {
  return JSON.parse(fs.readFileSync(path.join(source, ...parts), "utf8"));
}

const schemas = {};
const validate = {};
for (const kind of kinds) {
  schemas[kind] = readJson("src/schema", `${kind}.schema.json`);
  validate[kind] = ajv.compile(schemas[kind]);
}

// ---- what a schema can't say ------------------------------------------------------------------

// By id: does this error of the reader lie beyond the schema in this document?
const always = () => true;
// Is a string longer than the limit in bytes only?
const straddles = (s) => [1000, 8000].some((most) => [...s].length <= most && Buffer.byteLength(s) > most);
const someStraddles = (value) => typeof value === "string" ? straddles(value)
  : value !== null && typeof value === "object" && Object.entries(value).some(([key, v]) => straddles(key) || someStraddles(v));
const beyond = {
  "duplicate-key": always,
  "text-turned": always,
  "too-long": someStraddles, // the reader counts bytes, the schema characters
  "no-style": (value) => value.extends !== "", // is there such a file?
  "no-color": (value) => typeof value.extends === "string" && value.extends !== "default", // does that style give it?
  "cannot-read": always, // the same of shapefiles, and of their fields
  "no-such-field": always,
  "unknown-encoding": always,
  // which statuses there are is said by the styles that are extended
  "unknown-status": (value) => value.format === "provmap-style/1",
  "bad-crs": always,
  "circular-extends": always,
  "extends-too-deep": always,
};
const beyondMet = new Set();

// 1e400 and \u0000 are JSON, but no number or text: the reader stops there, whatever else the schema may say.
const isUnread = (ids, value) => ids.includes("json-syntax") && value !== null && typeof value === "object";

function readerRefuses(ids, value) {
  return ids.some((id) => {
    if (!beyond[id] || !beyond[id](value)) return true;
    beyondMet.add(id);
    return false;
  });
}

// ---- changes ----------------------------------------------------------------------------------

const values = [
  null, true, false, 0, -1, 1.5, 7, 1e300, -1e300, "", " ", "text", [], {}, [null], [[]], ["text"], [{}],
  { en: "text" }, { en: "" }, { en: 5 }, { "x-mine": 1 }, { "x-mine": "text" }, { $schema: 1 }, { "x-mine": 1, en: "text" },
];
const languages = [
  "EN", "eng", "e", "engl", "en-", "-en", "en_US", "en-US", "zh-Hant-TW", "en-abcdefgh", "en-abcdefghi", "en--us", "en us", "\u0646\u0635", "e1",
];
const dates = [
  "2021-05-04", "2021-02-30", "2020-02-29", "2100-02-29", "2021-2-3", "2021-13-01", "2021-00-10", "2021-05-04T00:00:00Z",
  " 2021-05-04", "2021-05-04\n", "0000-01-01", "0001-01-01", "9999-12-31", "20210504", "2021-W18-2", "+2021-05-04",
];
const colors = [
  "#12", "#123", "#1234", "#12345", "#123456", "#1234567", "#12345678", "#123456789", "#12345600", "#12345601", "#ABCDEF",
  "#abcdeg", "none", "None", "red", "123456", "#123456 ",
];
const others = [
  "contested", "Contested", "high", "denies", "exact", "auto", "default", "clash", "dots", "circle", "a\u0001b", "a\nb",
  "\u00e9\u200e\ud83d\ude00", "provmap-status/1", "provmap-style/2", "a".repeat(1000), "a".repeat(1001), "a".repeat(8000), "a".repeat(8001),
];
// Of outputs, sizes and languages.
const names = [
  "a.svg", "a.SVG", ".svg", "svg", "a.gif", "a", "/a.svg", "../a.svg", "a/../b.svg", "./a.svg", "a//b.svg", "a/.b/c.png", ".../a.pdf", "a/", "..",
  "{date}.svg", "{date.svg", "date}.svg", "{}.svg", "{day}.svg", "{{date}}.svg", "{a/b}.svg", "{lang}/{area}.json", "a.{lang}", "a\u007f.svg", "-",
  "200x200", "199x200", "20000x200", "20001x200", "0200x300", "1600X1200", "1600 x 1200", "1e3x1000", "+800x600", "160x120mm", "160x120 mm",
  "0x5mm", "0.0x5mm", ".5x5.mm", "1.2.3x5mm", "160x120cm", "x", "fa+en", "fa+", "+en", "fa+en+de", "zh-Hant+en",
  "day", "week", "month", "weeks", "1", "007", "0", "36500", "36501", "7.0", "-1", "1e1",
];
const strings = { status: [...dates, ...colors, ...others], shapes: others, style: [...colors, ...others], aliases: others,
  jobs: [...dates, ...languages, ...names, ...others] };

// The edges of the ranges of all keys that have one, by key.
function edges(schema, found = Object.create(null)) {
  if (schema === null || typeof schema !== "object") return found;
  for (const [key, part] of Object.entries(schema)) {
    for (const edge of [part?.minimum, part?.maximum])
      for (const step of edge === undefined ? [] : [0, 1e-9, 1e-4, 0.5, 1])
        (found[key] ??= new Set()).add(edge - step).add(edge + step);
    edges(part, found);
  }
  return found;
}
const edgesOf = Object.fromEntries(kinds.map((kind) => [kind, edges(schemas[kind])]));

// All changes of the value at `at` (a list of keys): [what, function from its holder and key].
function* changesHere(kind, holder, key) {
  const value = holder[key];
  const set = (v) => (h, k) => { h[k] = v; };
  for (const v of values) yield [`= ${JSON.stringify(v)}`, set(v)];
  if (typeof value === "string") for (const v of strings[kind]) yield [`= ${JSON.stringify(v).slice(0, 40)}`, set(v)];
  if (typeof value === "number") for (const v of edgesOf[kind][key] ?? []) yield [`= ${v}`, set(v)];
  if (Array.isArray(value)) {
    for (const v of [...values, ...value]) yield [`+ [${JSON.stringify(v)}]`, (h, k) => { h[k] = [...h[k], v]; }];
  } else if (value !== null && typeof value === "object") {
    for (const [name, v] of [["zzz", 1], ["", 1], ["", "text"], ["X-mine", 1], ["x-mine", {}], ["x-mine", "text"], ["x-", null],
      ["$schema", 5], ["$schema", "text"], ["$schem", "text"], ["page.width", 500], ["title.size", 20], ["title", 5], ["color", "#fff"],
      ["from", "2021-04-01"], ["zz", "text"], ["zz", {}], ["constructor", 1], ["zz", "contested"]])
      yield [`+ "${name}": ${JSON.stringify(v)}`, (h, k) => { h[k] = { ...h[k], [name]: v }; }];
    if ("en" in value || "fa" in value)
      for (const name of languages) yield [`+ "${name}"`, (h, k) => { h[k] = { ...h[k], [name]: Object.values(value)[0] }; }];
  }
}

function* changesOfMember(holder, key) {
  if (Array.isArray(holder)) {
    yield ["deleted", (h, k) => { h.splice(k, 1); }];
    return;
  }
  const rename = (name) => (h, k) => { const v = h[k]; delete h[k]; h[name] = v; };
  yield ["deleted", (h, k) => { delete h[k]; }];
  yield ["misspelt", rename(`${key.slice(0, -1)}${key.endsWith("z") ? "y" : "z"}`)];
  yield ["in capitals", rename(key.toUpperCase())];
  yield ["without a name", rename("")];
  for (const length of [1000, 1001]) yield [`called by ${length} letters`, rename("a".repeat(length))];
}

function* places(value, at = []) {
  if (value === null || typeof value !== "object") return;
  for (const key of Object.keys(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    yield [...at, step];
    yield* places(value[key], [...at, step]);
  }
}

function holderOf(document, at) {
  return at.slice(0, -1).reduce((value, key) => value[key], document);
}

function* changes(kind, document) {
  for (const at of places({ document })) {
    const holder = holderOf({ document }, at);
    const key = at[at.length - 1];
    for (const [what, apply] of changesHere(kind, holder, key)) yield [at, what, apply];
    if (at.length > 1) for (const [what, apply] of changesOfMember(holder, key)) yield [at, what, apply];
  }
}

function changed(document, at, apply) {
  const copy = JSON.parse(JSON.stringify({ document }));
  apply(holderOf(copy, at), at[at.length - 1]);
  return copy.document;
}

// Marsaglia's xorshift, with a fixed seed.
let seed = 2463534242;
function random(below) {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % below;
}

function changedAtSeveralPlaces(kind, document, count) {
  const done = [];
  for (let i = 0; i < count; i++) {
    const all = [...places({ document })];
    const at = all[random(all.length)];
    const holder = holderOf({ document }, at);
    const key = at[at.length - 1];
    const choices = at.length > 1 ? [...changesHere(kind, holder, key), ...changesOfMember(holder, key)] : [];
    if (!choices.length) continue;
    const [what, apply] = choices[random(choices.length)];
    document = changed(document, at, apply);
    done.push(`${at.slice(1).join("/")} ${what}`);
  }
  return [done.join("; "), document];
}

// ---- the documents ----------------------------------------------------------------------------

// A style that says the defaults (words in English), one document a group of keys.
function defaults(schema) {
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([key, part]) => [key, defaults(part)]));
  return schema.default?.en ?? schema.default;
}

function styleDocuments() {
  const own = ["$schema", "format", "extends", "statuses"];
  const groups = Object.entries(schemas.style.properties).filter(([key]) => !own.includes(key));
  return groups.map(([key, part]) => ({ format: "provmap-style/1", [key]: defaults(part) }));
}

const full = Object.fromEntries(kinds.map((kind) => [kind, [readJson("tests/schema", `full-${kind}.json`)]]));
full.shapes.push({ format: "provmap-shapes/1", layers: { areas: { file: "areas.shp", key: "code" } } });
full.style.push({ format: "provmap-style/1", extends: "base.json", statuses: { militia: { label: "Militia" } } }, ...styleDocuments());
full.jobs.push({ format: "provmap-jobs/1", status: "status.json", shapes: "areas.shp", matrix: { focus: { each: "area" } }, output: "{area}.svg" });
const baseStyle = { format: "provmap-style/1", statuses: { militia: { color: "#abc" } } };

const minimal = {
  status: ['{"format": "provmap-status/1", "as_of": "2021-05-04"', "}"],
  shapes: ['{"format": "provmap-shapes/1", "layers": {"areas": {"file": "areas.shp", "name": "name"}}', "}"],
  style: ['{"format": "provmap-style/1"', "}"],
  aliases: ['{"format": "provmap-aliases/1", "aliases": {}', "}"],
  jobs: ['{"format": "provmap-jobs/1", "status": "status.json", "output": "map.svg"', "}"],
};

// What JSON.stringify can't write, and what only some readers take for JSON.
const rawMembers = [
  "", ', "x-a": 1e400', ', "x-a": 123456789012345678901234567890', ', "x-a": 1, "x-a": 2', ', "x-a": "\\u0000"', ",", ', "x-a": 01',
  ", 'x-a': 1", ', "x-a": NaN', ', "x-a": +1', ' /* */', ', "x-a": 30.0, "x-b": 3e1, "x-c": -0', ', "x-a": "\t"', ', "x-a": "\\x"',
];
const rawRoots = ["", "null", "[]", '"text"', "5", "{}", "{", "[{}]", "\u00ef"];

function tree(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return tree(name);
    return entry.name.endsWith(".json") ? [name] : [];
  });
}

function decode(bytes) { // without byte order mark; undefined if it is not UTF-8
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function kindOfFile(name, text) {
  const format = /provmap-(status|shapes|style|aliases|jobs)\//.exec(text);
  if (format) return format[1];
  return kinds.find((kind) => path.basename(name) === `${kind}.json`);
}

const documents = Object.fromEntries(kinds.map((kind) => [kind, []])); // {what, text, file}; text: on one line, if there is no file

function add(kind, what, text) {
  documents[kind].push({ what, text });
}

for (const kind of kinds) {
  for (const document of full[kind]) {
    add(kind, "as it is", JSON.stringify(document));
    for (const [at, what, apply] of changes(kind, document))
      add(kind, `${at.slice(1).join("/")} ${what}`, JSON.stringify(changed(document, at, apply)) ?? "");
    for (let i = 0; i < 100 * Math.ceil(20 / full[kind].length); i++) {
      const [what, mixed] = changedAtSeveralPlaces(kind, document, 2 + (i % 3));
      add(kind, what, JSON.stringify(mixed) ?? "");
    }
  }
  for (const raw of rawMembers) add(kind, `raw ${raw}`, minimal[kind][0] + raw + minimal[kind][1]);
  for (const raw of rawRoots) add(kind, `raw ${raw}`, raw);
}
for (const key of Object.keys(minimal)) add(key, "as it is", minimal[key].join(""));
for (const kind of kinds) for (const example of schemas[kind].examples) add(kind, "its own example", JSON.stringify(example));

function addStatus(what, members) {
  add("status", what, JSON.stringify({ format: "provmap-status/1", as_of: "2021-05-04", ...members }));
}
const inLanguages = (count) => Object.fromEntries([...Array(count).keys()].map((i) => [`en-${i}`, "text"]));
const inBytes = (count) => "a".repeat(count - 2) + "\u00e9"; // one character less
for (const count of [999, 1000, 1001, 1002]) {
  addStatus(`a key of ${count} bytes`, { areas: { [inBytes(count)]: "contested" } });
  addStatus(`a name of ${count} bytes`, { areas: { Helmand: inBytes(count) } });
  addStatus(`an own key of ${count} bytes`, { areas: { [`x-${inBytes(count - 2)}`]: 1 } });
}
for (const count of [7999, 8000, 8001, 8002])
  for (const key of ["title", "credit"]) addStatus(`${key} of ${count} bytes`, { [key]: inBytes(count) });
for (const count of [199, 200, 201]) {
  const statuses = Object.fromEntries([...Array(count).keys()].map((i) => [`status ${i}`, { color: "#abc" }]));
  addStatus(`${count} statuses`, { statuses });
  add("style", `${count} statuses`, JSON.stringify({ format: "provmap-style/1", statuses }));
  addStatus(`${count} languages`, { title: inLanguages(count) });
  addStatus(`an own key and ${count - 1} languages`, { title: { "x-mine": 1, ...inLanguages(count - 1) } });
}

for (const folder of ["tests", "shapes", "styles"])
  for (const file of tree(path.join(source, folder))) {
    const bytes = fs.readFileSync(file);
    const kind = kindOfFile(file, bytes.toString("latin1"));
    if (kind) documents[kind].push({ what: path.relative(source, file), text: decode(bytes), file });
  }

// ---- checks of the schemas themselves ---------------------------------------------------------

function partAt(kind, pointer) {
  return pointer.split("/").slice(1).reduce((schema, key) => schema[key], schemas[kind]);
}

function isDescribed(kind, schema) {
  const part = schema.anyOf?.[1].type === "null" ? schema.anyOf[0] : schema;
  return part.description || (part.$ref && isDescribed(kind, partAt(kind, part.$ref)));
}

function checkProperty(kind, schema, pointer) {
  if (!isDescribed(kind, schema)) fault(`${kind}${pointer}: has no description`);
  const said = [...("default" in schema ? [schema.default] : []), ...(schema.examples ?? [])];
  const accepts = ajv.compile({ $ref: `${schemas[kind].$id}#${pointer}` });
  for (const value of said) if (!accepts(value)) fault(`${kind}${pointer}: its own ${JSON.stringify(value)} is not valid`);
}

// Every key is described, and what is said to be a default or an example of it is valid.
function checkProperties(kind, schema, pointer) {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    checkProperty(kind, property, `${pointer}/properties/${key}`);
    checkProperties(kind, property, `${pointer}/properties/${key}`);
  }
  for (const [key, part] of Object.entries(schema.$defs ?? {}))
    if (key !== "dated") checkProperties(kind, part, `${pointer}/$defs/${key}`);
}

function namesIn(schema, found = new Set()) {
  if (schema === null || typeof schema !== "object") return found;
  for (const [key, part] of Object.entries(schema)) {
    if (key === "properties") for (const name of Object.keys(part)) found.add(name);
    if (!["default", "examples"].includes(key)) namesIn(part, found);
  }
  return found;
}

for (const kind of kinds) {
  checkProperty(kind, schemas[kind], "");
  checkProperties(kind, schemas[kind], "");
  const used = JSON.stringify(full[kind]);
  for (const name of namesIn(schemas[kind])) if (!used.includes(`"${name}":`)) fault(`full-${kind}.json does not use "${name}"`);
}

// ---- the comparison ---------------------------------------------------------------------------

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readerSays(kind, all, folder) {
  const run = spawnSync(verdicts, [kind, path.join(folder, "document.json")], {
    input: all.map(({ text, file }) => (file ? `@${file}\n` : `${text}\n`)).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, PROVMAP_DATA: source },
  });
  if (run.status !== 0) throw new Error(`verdicts ${kind}: exit ${run.status}, signal ${run.signal}\n${run.stderr}`);
  const lines = run.stdout.split("\n").slice(0, -1);
  if (lines.length !== all.length) throw new Error(`verdicts ${kind}: ${lines.length} lines for ${all.length} documents`);
  return lines.map((line) => line.split(" ").filter(Boolean));
}

// What the documents refer to lies in the folder in which they are read.
function setUp(kind, folder) {
  const fixture = path.join(source, "tests/fixtures/quarters");
  fs.mkdirSync(folder, { recursive: true });
  if (kind === "style") fs.writeFileSync(path.join(folder, "base.json"), JSON.stringify(baseStyle));
  if (kind === "shapes" || kind === "jobs")
    for (const name of fs.readdirSync(fixture))
      if (/\.(shp|shx|dbf|prj|cpg)$/.test(name)) fs.copyFileSync(path.join(fixture, name), path.join(folder, name));
}

function disagree(kind, folder, { what, text, file }, ids, why) {
  const kept = file ?? path.join(folder, `disagreement-${faults}.json`);
  if (!file) fs.writeFileSync(kept, text);
  fault(`${kind}: ${what}\n  ${kept}\n  reader: ${ids.join(" ") || "accepts it"}\n  schema: ${why || "accepts it"}`);
}

function compare(kind) {
  const folder = path.join(work, kind);
  const all = [...new Map(documents[kind].map((document) => [document.file ?? document.text, document])).values()];
  const count = { accepted: 0, refused: 0, unread: 0 };
  setUp(kind, folder);
  const said = readerSays(kind, all, folder);
  all.forEach((document, i) => {
    const value = parse(document.text);
    const accepted = value !== undefined && validate[kind](value);
    const why = accepted ? "" : value === undefined ? "not JSON" : ajv.errorsText(validate[kind].errors).slice(0, 300);
    count[accepted ? "accepted" : "refused"]++;
    if (isUnread(said[i], value)) {
      count.unread++;
      return;
    }
    if (accepted === readerRefuses(said[i], value)) disagree(kind, folder, document, said[i], why);
  });
  if (count.accepted < 100 || count.refused < 300 || count.unread === 0) fault(`${kind}: too few documents`);
  console.log(`schema ${kind}: ${all.length} documents, ${count.accepted} accepted, ${count.refused} refused`);
}

for (const kind of kinds) compare(kind);
for (const id of Object.keys(beyond)) if (!beyondMet.has(id)) fault(`beyond the schemas, but met by no document: ${id}`);
if (faults) console.log(`${faults} faults`);
process.exit(faults ? 1 : 0);
