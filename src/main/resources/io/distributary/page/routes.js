// Each route: its state, what became of its records, and its diagram.

import {attr, badge, el, show, sync, text} from "./dom.js";
import {caption, diagram} from "./diagram.js";
import {number, plural, rate, words} from "./format.js";
import {outline, simplify} from "./graph.js";

/** With more routes than this, those that are well are folded. */
const ALL_OPEN = 4;
const KINDS = {RUNNING: "good", SUSPENDED: "warn", STOPPED: "bad"};

export function renderRoutes(status) {
  sync(document.getElementById("refused"), status.refused, refused => refused.file, () => {
    const problem = el("span");
    const file = el("code");
    return {
      node: el("li", {class: "notice warn"}, file, " was saved but is not in force: ", problem),
      update(refused) {
        text(file, refused.file);
        text(problem, refused.problem);
      },
    };
  });
  const many = status.routes.length > ALL_OPEN;
  sync(document.getElementById("routes-list"), status.routes.map(route => ({route, status})), item => item.route.id,
      item => routePart(item.route, many));
}

function routePart(first, many) {
  const state = badge();
  const name = el("span", {class: "name"});
  const flow = el("span", {class: "figure"});
  const file = el("span", {class: "quiet"});
  const problem = el("p", {class: "notice bad"});
  const edit = el("p", {class: "notice warn"});
  const counts = el("p", {class: "counts"});
  const canvas = el("div", {class: "canvas", tabindex: "0", role: "group"});
  const list = el("ul", {class: "outline"});
  const body = el("div", {class: "body"}, problem, edit, canvas, list, counts);
  const node = el("details", {class: "route"}, el("summary", {}, el("h3", {}, name), state.node, flow, file), body);
  node.open = !many || first.state !== "RUNNING" || first.problem !== null || first.per_second.failed > 0;
  let drawn = null;
  let latest = null;
  const draw = () => {
    const {route, status} = latest;
    const width = Math.floor(canvas.clientWidth);
    const shape = JSON.stringify([width, route.nodes, route.edges]);
    const graph = drawn?.shape === shape ? drawn.graph : simplify(route);
    const live = liveOf(route, graph, status);
    if (drawn?.shape !== shape && width > 0) {
      drawn = {shape, graph, drawing: diagram(graph, width, live)};
      canvas.replaceChildren(drawn.drawing.node);
      attr(drawn.drawing.node, "aria-label", `Diagram of route ${route.id}; the list after it says the same`);
    }
    drawn?.drawing.update(live);
    renderOutline(list, outline(route), live);
  };
  node.addEventListener("toggle", () => node.open && latest && draw());
  new ResizeObserver(() => node.open && latest && draw()).observe(canvas);
  return {
    node,
    update(item) {
      latest = item;
      const route = item.route;
      attr(canvas, "aria-label", `Diagram of route ${route.id}`);
      text(name, route.id);
      state.update(KINDS[route.state] ?? "idle", words(route.state));
      text(flow, `${rate(route.per_second.delivered)} delivered`);
      text(file, route.file === null ? "" : `${route.file}${route.line === null ? "" : `:${route.line}`}`);
      text(problem, route.problem);
      show(problem, Boolean(route.problem));
      text(edit, route.edit_refused ? `Last edit refused: ${route.edit_refused}` : "");
      show(edit, Boolean(route.edit_refused));
      text(counts, Object.entries(route.counts).map(([what, count]) => `${number(count)} ${words(what)}`).join(" · ")
          + (route.dead_letter_channel ? "" : " · no dead letter channel: what fails waits"));
      if (node.open) {
        draw();
      }
    },
  };
}

/** What changes in a drawing: states and rates, asked for by node and edge. */
function liveOf(route, graph, status) {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const sources = new Map(status.sources.map(source => [source.id, source]));
  const targets = new Map(status.targets.map(target => [target.id, target]));
  const sourcesOf = node => (node.source ?? []).map(id => sources.get(id)).filter(Boolean);
  const read = node => sourcesOf(node).reduce((sum, source) => sum + source.read_per_second, 0);
  const taken = node => targets.get(node.target)?.per_second ?? null;
  const moving = route.state === "RUNNING" && graph.nodes.some(node => node.kind === "source" && read(node) > 0);
  return {
    /** undefined: no rate stands on this edge */
    rate(edge) {
      const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
      return edge.kind === "failure" ? route.per_second.dead_letters : to.kind === "target" ? taken(to)
          : from.kind === "source" ? read(from) : undefined;
    },
    /** what a source gives or a target takes */
    amount(node) {
      return node.kind === "source" ? read(node) : node.kind === "target" ? taken(node) : null;
    },
    flows(edge) {
      const value = this.rate(edge);
      return value === undefined ? moving : value > 0;
    },
    state(node) {
      if (node.kind === "source") {
        return sourceState(sourcesOf(node));
      }
      if (node.kind !== "target") {
        return {kind: "idle", words: ""};
      }
      const target = targets.get(node.target);
      return !target ? {kind: "idle", words: "nothing sent yet"}
          : target.state === "DOWN" ? {kind: "bad", words: "✕ down"}
              : {kind: "good", words: target.routes.length > 1 ? `✓ up, shared by ${target.routes.length} routes` : "✓ up"};
    },
  };
}

function sourceState(sources) {
  if (sources.length === 0) {
    return {kind: "idle", words: "not read"};
  }
  const worst = sources.find(source => source.state !== "RUNNING") ?? sources.find(source => source.failing > 0);
  const lag = sources.map(source => source.lag_ms).filter(value => value !== null);
  return worst ? {kind: "bad", words: `! ${worst.state === "RUNNING" ? `${plural(worst.failing, "record")} failing` : words(worst.state)}`}
      : {kind: "good", words: lag.length === 0 ? "✓ reading" : `✓ ${sources.find(source => source.lag_ms === Math.max(...lag)).lag} behind`};
}

function renderOutline(list, branches, live) {
  sync(list, branches, branch => branch.node.id, () => {
    const kind = el("span", {class: "kind"});
    const label = el("span", {class: "label"});
    const state = el("span", {class: "state"});
    const children = el("ul");
    return {
      node: el("li", {}, el("p", {}, kind, " ", label, " ", state), children),
      update({node, children: below}) {
        const {title, detail} = caption(node);
        const now = live.state(node);
        text(kind, words(node.kind));
        text(label, detail === null ? title : `${title} ${detail}`);
        const amount = live.amount(node);
        text(state, amount === null ? now.words : `${now.words}, ${rate(amount)}`);
        attr(state, "class", `state ${now.kind}`);
        renderOutline(children, below, live);
        show(children, below.length > 0);
      },
    };
  });
}
