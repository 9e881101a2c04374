// What the probes answer, with the reasons.

import {badge, el, show, sync, text} from "./dom.js";
import {plural} from "./format.js";

const live = badge();
const ready = badge();
const headline = badge();

export function renderHealth(status) {
  const {checks} = status.health;
  const summary = document.getElementById("health-summary");
  if (summary.childElementCount === 0) {
    summary.append(live.node, " ", ready.node);
    document.getElementById("ready").append(headline.node);
  }
  const isUp = status.health.ready === "UP" && status.health.live === "UP";
  headline.update(isUp ? "good" : "bad", status.health.live !== "UP" ? "Not live" : isUp ? "Ready" : "Not ready");
  live.update(status.health.live === "UP" ? "good" : "bad", status.health.live === "UP" ? "Live" : "Not live: restart it");
  ready.update(status.health.ready === "UP" ? "good" : "bad", status.health.ready === "UP" ? "Ready" : "Not ready");
  const up = checks.filter(check => check.state === "UP");
  sync(document.getElementById("health-down"), checks.filter(check => check.state !== "UP"), check => check.id, checkPart);
  sync(document.getElementById("health-up"), up, check => check.id, checkPart);
  text(document.getElementById("health-rest-summary"), `${plural(up.length, "check")} up`);
  show(document.getElementById("health-rest"), up.length > 0);
}

function checkPart() {
  const state = badge();
  const id = el("code");
  const reason = el("p", {class: "why"});
  return {
    node: el("li", {}, state.node, " ", id, reason),
    update(check) {
      state.update(check.state === "UP" ? "good" : "bad", check.state.toLowerCase());
      text(id, check.id);
      text(reason, check.reason);
      show(reason, Boolean(check.reason));
    },
  };
}
