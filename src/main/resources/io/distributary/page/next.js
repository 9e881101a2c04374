// What to do next, and the few figures that say how it goes.

import {attr, el, show, sync, text} from "./dom.js";
import {duration, number, rate} from "./format.js";

const MARKS = {ERROR: ["bad", "Act now"], WARNING: ["warn", "Look at it"], INFO: ["idle", "For information"]};

const OPEN = 2;

const parts = advice();

export function renderNext(status) {
  const first = document.getElementById("next-first");
  const others = document.getElementById("next-others");
  if (!parts.node.isConnected) {
    first.append(parts.node);
  }
  parts.update(status.next[0] ?? nothing(status));
  sync(others, status.next.slice(1), next => `${next.about.kind} ${next.about.id} ${next.what}`, () => {
    const entry = advice();
    return {node: el("li", {}, entry.node), update: entry.update};
  });
  renderMore(status.next.slice(1));
  renderFigures(status);
}

/** A short list is open to begin with; after that it is the reader's. */
function renderMore(others) {
  const more = document.getElementById("next-more");
  if (more.hidden) {
    more.open = others.length <= OPEN;
  }
  show(more, others.length > 0);
  const urgent = others.filter(next => next.severity === "ERROR").length;
  text(document.getElementById("next-more-summary"), `${others.length} more${urgent === 0 ? "" : `, ${urgent} of them to act on now`}`);
}

function nothing(status) {
  const lag = furthest(status);
  return {
    severity: null, what: "Nothing to do", command: null, link: null,
    why: status.sources.length === 0 ? "no table is read" : lag === null ? "no page has been read yet"
        : `every target takes what it is sent, and the shard furthest behind is at ${duration(lag)}`,
  };
}

function furthest(status) {
  const lags = status.sources.map(source => source.lag_ms).filter(lag => lag !== null);
  return lags.length === 0 ? null : Math.max(...lags);
}

function advice() {
  const mark = el("span", {class: "badge"});
  const what = el("strong", {class: "what"});
  const why = el("p", {class: "why"});
  const code = el("code");
  const copy = el("button", {type: "button", class: "copy"}, "Copy");
  const command = el("p", {class: "command"}, code, copy);
  const link = el("p", {class: "quiet"});
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    text(copy, "Copied");
    setTimeout(() => text(copy, "Copy"), 2000);
  });
  return {
    node: el("div", {class: "advice"}, el("p", {class: "headline"}, mark, " ", what), why, command, link),
    update(next) {
      const [kind, words] = MARKS[next.severity] ?? ["good", "All well"];
      attr(mark, "class", `badge ${kind}`);
      text(mark, words);
      text(what, next.what);
      text(why, next.why);
      show(why, Boolean(next.why));
      text(code, next.command);
      show(command, Boolean(next.command));
      // Browsers only lend the clipboard to localhost and https.
      show(copy, Boolean(navigator.clipboard));
      text(link, next.link ? `More: ${next.link}` : "");
      show(link, Boolean(next.link));
    },
  };
}

function renderFigures(status) {
  const sum = name => status.sources.reduce((total, source) => total + source[name], 0);
  const lag = furthest(status);
  const made = status.dead_letters.made;
  const figures = [
    ["Furthest behind", duration(lag), sum("failing") > 0 ? "bad" : ""],
    ["Read", rate(sum("read_per_second")), ""],
    ["Not yet acknowledged", number(sum("unfinished")), ""],
    ["Failing records", number(sum("failing")), sum("failing") > 0 ? "bad" : ""],
    ["Gaps", number(sum("gaps")), sum("gaps") > 0 ? "bad" : ""],
    ["Dead letters made", number(made), made > 0 ? "warn" : ""],
  ];
  sync(document.getElementById("figures"), figures, figure => figure[0], figure => {
    const value = el("dd");
    const node = el("div", {}, el("dt", {}, figure[0]), value);
    return {
      node,
      update(changed) {
        text(value, changed[1]);
        attr(node, "class", changed[2] === "" ? null : changed[2]);
      },
    };
  });
}
