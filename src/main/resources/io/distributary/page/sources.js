// Tables and their shards, with how far behind each is.

import {attr, badge, el, facts, show, sync, text} from "./dom.js";
import {bytes, duration, number, plural, rate, words} from "./format.js";

/** More shards than this are shown on demand: those with something to tell first. */
const SHOWN = 12;
const STATES = {RUNNING: "good", CONNECTING: "warn", RETRYING: "warn", SUSPENDED: "warn", FAILED: "bad", STOPPED: "bad"};
const SHARDS = {
  READING: "good", HELD: "bad", STOPPED_AT_GAP: "bad", BACK_PRESSURE: "warn", RETRYING: "warn", SUSPENDED: "warn", WAITING_FOR_PARENT: "idle",
  SHARD_END: "idle",
};
const URGENCY = ["bad", "warn", "good", "idle"];

export function renderSources(status) {
  sync(document.getElementById("sources-list"), status.sources, source => source.id, sourcePart);
  show(document.getElementById("sources-none"), status.sources.length === 0);
}

function sourcePart(first) {
  const name = el("span", {class: "name"});
  const route = el("span", {class: "quiet"});
  const state = badge();
  const lag = el("span", {class: "figure"});
  const problem = el("p", {class: "notice bad"});
  const more = facts();
  const count = el("summary");
  const shards = shardTable();
  const list = el("details", {class: "shards"}, count, shards.node);
  list.open = first.shards.length <= SHOWN;
  return {
    node: el("article", {class: "source"}, el("div", {class: "head"}, el("h3", {}, name), state.node, lag, route), problem, more.node, list),
    update(source) {
      text(name, source.table);
      text(route, `route ${source.route}`);
      state.update(STATES[source.state] ?? "idle", words(source.state));
      text(lag, source.lag === null ? "no page read yet" : `${source.lag} behind`);
      text(problem, source.problem);
      show(problem, Boolean(source.problem));
      more.update([
        ["Read", `${rate(source.read_per_second)}, ${number(source.read)} since the start`],
        ["In flight", `${number(source.in_flight)}, at most ${number(source.max_in_flight)} for each shard`],
        ["Not yet acknowledged", `${number(source.unfinished)} (${bytes(source.buffered_bytes)} of ${bytes(source.max_buffered_bytes)})`],
        ["Failing", source.failing === 0 ? null : number(source.failing)],
        ["Gaps", source.gaps === 0 ? null : `${number(source.gaps)}: records lost that were never read`],
        ["Retried calls", source.retries === 0 ? null : number(source.retries)],
        ["Checkpoints", source.checkpoints === null ? null
            : `${source.checkpoints.age_ms === null ? "none stored yet" : `${duration(source.checkpoints.age_ms)} old`}, ${
              words(source.checkpoints.store)} ${source.checkpoints.place ?? ""}`],
      ]);
      text(count, `${plural(source.shards.length, "shard")}${tally(source.shards)}`);
      shards.update(source.shards);
      show(list, source.shards.length > 0);
    },
  };
}

function tally(shards) {
  const counts = new Map();
  shards.forEach(shard => counts.set(shard.state, (counts.get(shard.state) ?? 0) + 1));
  const parts = [...counts].sort((one, other) => urgency(one[0]) - urgency(other[0]));
  return parts.length === 0 ? "" : `: ${parts.map(([state, count]) => `${count} ${words(state)}`).join(", ")}`;
}

function urgency(state) {
  return URGENCY.indexOf(SHARDS[state] ?? "warn");
}

function shardTable() {
  const columns = ["Shard", "State", "Behind", "Not yet acknowledged", "Checkpoint"];
  const body = el("tbody");
  const more = el("button", {type: "button", class: "more"});
  const table = el("table", {role: "table"}, el("thead", {role: "rowgroup"}, el("tr", {role: "row"},
      ...columns.map(column => el("th", {scope: "col", role: "columnheader"}, column)))), body);
  attr(body, "role", "rowgroup");
  let all = false;
  let latest = [];
  const draw = () => {
    const sorted = latest.slice().sort((one, other) => urgency(one.state) - urgency(other.state) || (other.lag_ms ?? -1) - (one.lag_ms ?? -1));
    sync(body, all ? sorted : sorted.slice(0, SHOWN), shard => shard.id, () => shardRow(columns));
    text(more, all ? `Show ${SHOWN} only` : `Show all ${latest.length} shards`);
    show(more, latest.length > SHOWN);
  };
  more.addEventListener("click", () => {
    all = !all;
    draw();
  });
  return {
    node: el("div", {}, table, more),
    update(shards) {
      latest = shards;
      draw();
    },
  };
}

function shardRow(columns) {
  const [id, lag, unfinished, checkpoint] = ["code", "span", "span", "code"].map(tag => el(tag));
  const state = badge();
  const why = el("p", {class: "why quiet"});
  const held = el("p", {class: "why"});
  const cell = (index, ...children) => el("td", {role: "cell", "data-label": columns[index]}, el("div", {}, ...children));
  return {
    node: el("tr", {role: "row"}, el("th", {scope: "row", role: "rowheader"}, id), cell(1, state.node, why, held), cell(2, lag), cell(3, unfinished),
        cell(4, checkpoint)),
    update(shard) {
      text(id, shard.id);
      attr(id, "title", shard.parent === null ? null : `child of ${shard.parent}`);
      state.update(SHARDS[shard.state] ?? "idle", words(shard.state));
      text(why, shard.why);
      show(why, Boolean(shard.why));
      const record = shard.failing_record;
      text(held, record === null ? "" : `${record.event_name} of ${record.item_key ?? "an item"}, ${plural(record.attempts, "attempt")}: ${record.reason}`);
      show(held, record !== null);
      text(lag, shard.lag ?? "–");
      text(unfinished, number(shard.unfinished));
      text(checkpoint, shard.checkpoint === null ? "none yet" : shard.checkpoint);
    },
  };
}
