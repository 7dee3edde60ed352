// Plays a configuration of GitHub Actions or GitLab CI: reads its YAML, then runs the shell lines of each job in a
// fresh clone, as their runners do. A key or an expression that this player does not know is a fault, so that
// nothing is skipped. Leaves artifacts in OUT/artifacts, the summary in OUT/summary, what jobs said in OUT/JOB.log.
// Prints a line for each job: its name, and "done", the step at which it failed, or "skipped".
// usage: ci.js NODE_MODULES github|gitlab FILE.yml REPOSITORY OUT
"use strict";
const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");
const [modules, kind, file, repository, out] = process.argv.slice(2);
const YAML = require(path.join(modules, "node_modules", "yaml"));

function known(what, object, ...keys) {
  for (const key of Object.keys(object)) if (!keys.includes(key)) throw new Error(`${file}: ${what} has "${key}"`);
}

// ---- both kinds, as jobs of steps: {name, after, env, steps: [{name, checkout | run | keep}]} ---------------------

function expand(text, values) {
  return String(text).replace(/\$\{\{ *([a-z.-]+) *\}\}/g, (whole, name) => {
    if (!(name in values)) throw new Error(`${file}: unknown expression ${whole}`);
    return values[name];
  });
}

function githubStep(step, values) {
  known("a step", step, "name", "run", "uses", "with");
  const more = step.with ?? {};
  if (step.run) return { name: step.name, run: expand(step.run, values) };
  if (step.uses === "actions/checkout@v4") {
    known("checkout", more, "fetch-depth");
    return { name: "checkout", checkout: more["fetch-depth"] ?? 1 };
  }
  if (step.uses === "actions/upload-artifact@v4") {
    known("upload-artifact", more, "name", "path");
    return { name: "upload", keep: [more.path], as: expand(more.name, values) };
  }
  throw new Error(`${file}: unknown step ${JSON.stringify(step)}`);
}

function github(config) {
  known("the top", config, "name", "on", "permissions", "env", "jobs");
  return Object.entries(config.jobs).flatMap(([name, job]) => {
    known(name, job, "needs", "runs-on", "container", "strategy", "steps");
    known("strategy", job.strategy ?? {}, "matrix");
    const [[key, list]] = Object.entries(job.strategy?.matrix ?? { none: [""] });
    return list.map((value) => ({
      name: `${name}${value}`,
      after: job.needs && [job.needs].flat(),
      of: name,
      env: config.env,
      steps: job.steps.map((step) => githubStep(step, { [`matrix.${key}`]: value, "strategy.job-total": list.length })),
    }));
  });
}

function gitlab(config) {
  const { image, variables, default: all, stages, ...jobs } = config;
  known("default", all, "before_script");
  if (!image) throw new Error(`${file}: no image`);
  return stages.flatMap((stage, i) =>
    Object.entries(jobs).filter(([, job]) => job.stage === stage).flatMap(([name, job]) => {
      known(name, job, "stage", "script", "parallel", "artifacts");
      known("artifacts", job.artifacts, "paths", "when");
      const count = job.parallel ?? 1;
      return [...Array(count).keys()].map((n) => ({
        name: `${name}${job.parallel ? n + 1 : ""}`,
        of: stage,
        after: i ? [stages[i - 1]] : undefined,
        env: { ...variables, CI_NODE_INDEX: n + 1, CI_NODE_TOTAL: count },
        steps: [
          { name: "checkout", checkout: variables.GIT_DEPTH ?? 20 },
          { name: "script", run: [...all.before_script, ...job.script].join("\n") },
          { name: "upload", keep: job.artifacts.paths, as: `maps-${n + 1}`, always: job.artifacts.when === "always" },
        ],
      }));
    }));
}

// ---- the runner --------------------------------------------------------------------------------------------------

function command(log, folder, env, words) {
  const done = spawnSync(words[0], words.slice(1), { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8" });
  fs.appendFileSync(log, `$ ${words.join(" ")}\n${done.stdout}${done.stderr}`);
  return done.status === 0;
}

const runners = {
  checkout(step, folder, env, log) {
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
    return command(log, folder, env, ["git", "clone", "-q", "--depth", String(step.checkout), `file://${repository}`, "."]);
  },
  run(step, folder, env, log) {
    return command(log, folder, env, ["sh", "-e", "-c", step.run]);
  },
  keep(step, folder) { // what is not there is no failure
    for (const name of step.keep.filter((n) => fs.existsSync(path.join(folder, n))))
      fs.cpSync(path.join(folder, name), path.join(out, "artifacts", step.as, name), { recursive: true });
    return true;
  },
};

function play(job) {
  const folder = path.join(out, "jobs", job.name);
  const log = path.join(out, `${job.name}.log`);
  const env = { ...job.env, GITHUB_STEP_SUMMARY: path.join(out, "summary") };
  let failed;
  fs.mkdirSync(folder, { recursive: true });
  for (const step of job.steps) {
    if (failed && !step.always) continue;
    const what = ["checkout", "run", "keep"].find((key) => key in step);
    if (!runners[what](step, folder, env, log)) failed ??= step.name;
  }
  return failed ? `failed at: ${failed}` : "done";
}

const failed = new Set();
const jobs = { github, gitlab }[kind](YAML.parse(fs.readFileSync(file, "utf8"), { strict: true, uniqueKeys: true }));
fs.mkdirSync(out, { recursive: true });
for (const job of jobs) {
  const told = job.after?.some((name) => failed.has(name)) ? "skipped" : play(job);
  if (told !== "done") failed.add(job.of);
  console.log(`${job.name} ${told}`);
}
