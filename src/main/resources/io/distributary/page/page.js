// Asks for the status every two seconds and shows it; says so when there is no answer any more.

import {attr, show, text} from "./dom.js";
import {duration, time} from "./format.js";
import {renderHealth} from "./health.js";
import {renderLetters} from "./letters.js";
import {renderNext} from "./next.js";
import {renderRedrive} from "./redrive.js";
import {renderRoutes} from "./routes.js";
import {renderSources} from "./sources.js";
import {renderTargets} from "./targets.js";

const INTERVAL_MS = 2000;
const PATIENCE_MS = 8000;
const STATUS_VERSION = 1;

const pause = document.getElementById("pause");
let answeredAt = null;
let problem = null;
let paused = false;
let timer = null;
let asking = false;

async function refresh() {
  clearTimeout(timer);
  if (asking) {
    return;
  }
  asking = true;
  let status = null;
  try {
    status = await ask();
    problem = null;
  } catch (failure) {
    problem = failure.message;
  }
  asking = false;
  if (status !== null) {
    answeredAt = Date.now();
    render(status);
    await renderRedrive(status).catch(failure => problem = failure.message);
  }
  freshness();
  schedule();
}

async function ask() {
  const answer = await fetch("observe/status", {cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS)});
  if (!answer.ok) {
    throw new Error(`${answer.status}: ${(await answer.text()).trim()}`);
  }
  const status = JSON.parse(await answer.text(), exact);
  if (status.status_version !== STATUS_VERSION) {
    throw new Error(`the instance answers with version ${status.status_version}, this page knows ${STATUS_VERSION}: load it again`);
  }
  return status;
}

/** Integers too long for JavaScript, as in the record of a dead letter, stay as they were written where the browser can do that. */
function exact(name, value, context) {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context && JSON.rawJSON
      ? JSON.rawJSON(context.source) : value;
}

function render(status) {
  const {instance} = status;
  text(document.getElementById("instance"), `${instance.application} on ${instance.host}, up for ${instance.uptime}`);
  renderNext(status);
  renderHealth(status);
  renderRoutes(status);
  renderTargets(status);
  renderSources(status);
  renderLetters(status);
  text(document.getElementById("about"), `Distributary ${instance.version}, process ${instance.pid}, Java ${instance.java}, Camel ${instance.camel}, `
      + `started ${time(instance.started_at)}${instance.metrics ? "" : ". Counts and rates are 0: camel.metrics.enabled is false"}`);
  document.title = `${status.health.ready === "UP" ? "" : "Not ready: "}${instance.application} – Distributary`;
}

/** What is shown may be old: that is said, and shown, and the time since keeps counting. */
function freshness() {
  const stale = document.getElementById("stale");
  const old = problem !== null;
  document.body.classList.toggle("is-stale", old);
  show(stale, old);
  if (old) {
    text(stale, answeredAt === null ? `No answer yet (${problem}). Trying again every ${INTERVAL_MS / 1000} s.`
        : `No answer since ${time(answeredAt)} (${problem}). What is below is from then.`);
    document.title = document.title.replace(/^(No answer: )?/, "No answer: ");
  }
  text(document.getElementById("fresh"), answeredAt === null ? "" : paused ? `paused at ${time(answeredAt)}`
      : old ? `${duration(Math.max(1000, Date.now() - answeredAt))} old` : `as of ${time(answeredAt)}`);
}

/** A tab that nobody sees asks for nothing. */
function schedule() {
  clearTimeout(timer);
  if (!paused && !document.hidden) {
    timer = setTimeout(refresh, INTERVAL_MS);
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !paused) {
    refresh();
  }
});
pause.addEventListener("click", () => {
  paused = !paused;
  attr(pause, "aria-pressed", paused);
  text(pause, paused ? "Resume" : "Pause");
  freshness();
  if (paused) {
    clearTimeout(timer);
  } else {
    refresh();
  }
});

refresh();
