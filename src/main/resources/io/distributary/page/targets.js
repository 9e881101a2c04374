// A card for each target: what it takes, a line of the last minutes, and why it is down.

import {attr, badge, el, facts, show, sync, text} from "./dom.js";
import {bytes, component, duration, number, rate, time} from "./format.js";
import {sparkline} from "./sparkline.js";

export function renderTargets(status) {
  sync(document.getElementById("targets-list"), status.targets, target => target.id, card);
  show(document.getElementById("targets-none"), status.targets.length === 0);
}

function card() {
  const name = el("span", {class: "name"});
  const kind = el("span", {class: "kind"});
  const state = badge();
  const now = el("span", {class: "now"});
  const line = sparkline();
  const span = el("p", {class: "span quiet"}, el("span"), el("span"));
  const reason = el("p", {class: "notice bad"});
  const more = facts();
  const node = el("li", {class: "card"}, el("div", {class: "head"}, el("h3", {}, kind, " ", name), state.node), now, line.node, span, reason,
      more.node);
  return {
    node,
    update(target) {
      const down = target.state === "DOWN";
      const series = target.series;
      const most = Math.max(0, ...series.delivered.map(value => value ?? 0));
      const back = duration(series.interval_ms * series.delivered.length);
      attr(node, "class", `card ${down ? "bad" : "good"}`);
      text(kind, component(target.component));
      text(name, target.name);
      state.update(down ? "bad" : "good", down ? "down" : "up");
      text(now, rate(target.per_second));
      line.update(series, `${component(target.component)} ${target.name}: ${rate(target.per_second)} now, at most ${rate(most)} in the last `
          + back);
      text(span.firstChild, `last ${back}, at most ${rate(most)}`);
      text(span.lastChild, "now");
      text(reason, down ? `Since ${time(target.since)}: ${target.reason}` : "");
      show(reason, down);
      const retries = series.retries[series.retries.length - 1];
      more.update([
        ["Delivered", number(target.delivered)],
        ["Latency", target.latency_ms === null || target.latency_ms.mean === null ? null
            : `${duration(target.latency_ms.mean)}, at most ${duration(target.latency_ms.max)}`],
        ["Retries", `${number(target.retries)}${retries > 0 ? `, ${rate(retries)} now (bars)` : ""}`],
        ["Failed", target.failures === 0 ? null : number(target.failures)],
        ["Sent", `${bytes(target.bytes)} in ${number(target.requests)} requests`],
        ["From", target.routes.join(", ")],
      ]);
    },
  };
}
