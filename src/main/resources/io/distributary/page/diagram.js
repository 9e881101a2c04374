// A route drawn from left to right: from its source through filters and branches to the targets.

import {attr, svg, text} from "./dom.js";
import {condition, rate} from "./format.js";
import {layers} from "./graph.js";

const NODE = {min: 128, max: 196, pad: 10, line: 15, gap: 16};
const LANE = {min: 34, max: 72, label: 58, passing: 6, right: 46};
const LABEL_LINES = 4;
const KINDS = {source: "table", filter: "filter", when: "when", otherwise: "otherwise", step: "step", target: "target",
  dead_letters: "dead letters"};

const pen = document.createElement("canvas").getContext("2d");
const fonts = getComputedStyle(document.documentElement);
const TITLE_FONT = `600 13px ${fonts.getPropertyValue("--sans")}`;
const DETAIL_FONT = `12px ${fonts.getPropertyValue("--mono")}`;

/** Draws the graph as wide as it may be; update() then only changes states and rates. */
export function diagram(graph, width, live) {
  const {columns, links} = layers(graph);
  const lanes = columns.slice(1).map((column, index) => LANE.min + (labelled(index, columns) ? LANE.label : 0));
  const failures = links.some(link => link.edge.kind === "failure");
  const fixed = lanes.reduce((sum, lane) => sum + lane, 0) + (failures ? LANE.right : 2) + 2;
  const nodeWidth = Math.max(NODE.min, Math.min(NODE.max, Math.floor((width - fixed) / columns.length)));
  const spare = Math.max(0, width - fixed - nodeWidth * columns.length) / Math.max(1, lanes.length);
  columns.flat().forEach(cell => measure(cell, nodeWidth));
  const height = Math.max(...columns.map(columnHeight));
  let x = 1;
  columns.forEach((column, index) => {
    let y = (height - columnHeight(column)) / 2;
    for (const cell of column) {
      Object.assign(cell, {x, y, width: nodeWidth});
      y += cell.height + NODE.gap;
    }
    x += nodeWidth + (lanes[index] ?? 0) + Math.min(spare, LANE.max);
  });
  const drawing = x + (failures ? LANE.right : 0) + 1;
  const root = svg("svg", {class: "diagram", width: drawing, height: height + 2, viewBox: `0 -1 ${drawing} ${height + 2}`, role: "img"});
  const told = new Set();
  const edges = links.map(link => drawLink(link, live, told));
  const nodes = columns.flat().filter(cell => cell.node).map(cell => drawNode(cell));
  root.append(...edges.map(edge => edge.line), ...nodes.map(node => node.node), ...edges.map(edge => edge.label).filter(Boolean));
  return {
    node: root,
    update(now) {
      edges.forEach(edge => edge.update(now));
      nodes.forEach(node => node.update(now));
    },
  };
}

/** Whether rates stand between this column and the next: behind a source, and before what is sent to. */
function labelled(index, columns) {
  return columns[index].some(cell => cell.node?.kind === "source") || columns[index + 1].some(cell => cell.node?.kind === "target");
}

function columnHeight(column) {
  return column.reduce((sum, cell) => sum + cell.height + NODE.gap, -NODE.gap);
}

/** "SQS Sink: queue=orders" has a title and a detail; a condition is one text. */
export function caption(node) {
  if (node.kind === "when" || node.kind === "filter" && node.detail) {
    return {title: condition(node.detail ?? node.label), detail: null};
  }
  if (node.kind === "otherwise") {
    return {title: "everything else", detail: null};
  }
  const colon = node.label.indexOf(": ");
  return colon < 0 ? {title: node.label, detail: null} : {title: node.label.slice(0, colon), detail: node.label.slice(colon + 2)};
}

function measure(cell, width) {
  if (!cell.node) {
    cell.height = LANE.passing;
    return;
  }
  const {title, detail} = caption(cell.node);
  const room = width - 2 * NODE.pad;
  cell.lines = [{role: "kind", text: KINDS[cell.node.kind] ?? cell.node.kind},
    ...wrap(title, room, TITLE_FONT).map(line => ({role: "title", text: line})),
    ...(detail === null ? [] : wrap(detail, room, DETAIL_FONT).map(line => ({role: "detail", text: line})))];
  cell.height = cell.lines.length * NODE.line + 2 * NODE.pad - 3 + (hasState(cell.node) ? NODE.line : 0);
}

function hasState(node) {
  return node.kind === "source" || node.kind === "target";
}

/** Breaks at spaces and marks, or anywhere in what is too long for a line; ends with … where there is more than fits. */
function wrap(words, room, font) {
  pen.font = font;
  const lines = [];
  let rest = words.trim();
  while (rest !== "" && lines.length < LABEL_LINES) {
    let end = rest.length;
    while (end > 1 && pen.measureText(rest.slice(0, end)).width > room) {
      end--;
    }
    if (end < rest.length) {
      const gap = Math.max(...[" ", "-", "/", "=", ",", ":", "|"].map(mark => rest.lastIndexOf(mark, mark === " " ? end : end - 1)));
      end = gap > end / 3 ? gap + 1 : end;
    }
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trim();
  }
  if (rest !== "") {
    lines[lines.length - 1] = `${lines[lines.length - 1].slice(0, -1).trimEnd()}…`;
  }
  return lines;
}

function drawNode(cell) {
  const {node, x, y, width, height, lines} = cell;
  const box = svg("rect", {x, y, width, height, rx: 7});
  const group = svg("g", {}, box);
  lines.forEach((line, index) => group.append(
      svg("text", {class: line.role, x: x + NODE.pad, y: y + NODE.pad + 9 + index * NODE.line}, line.text)));
  const state = svg("text", {class: "state", x: x + NODE.pad, y: y + NODE.pad + 9 + lines.length * NODE.line});
  if (hasState(node)) {
    group.append(state);
  }
  const full = svg("title", {}, node.detail ?? node.label);
  group.prepend(full);
  return {
    node: group,
    update(live) {
      const {kind, words} = live.state(node);
      attr(group, "class", `node ${node.kind} ${kind}`);
      text(state, words);
    },
  };
}

function drawLink({edge, cells}, live, told) {
  const {path, head} = edge.kind === "failure" ? aroundTheRight(cells[0], cells[1]) : through(cells);
  const line = svg("g", {}, svg("path", {class: "line", d: path}), svg("path", {d: head}));
  const label = edge.kind === "failure" || live.rate(edge) === undefined ? null : rateLabel(cells[0], cells[cells.length - 1], told);
  return {
    line,
    label,
    update(now) {
      attr(line, "class", `edge ${edge.kind}${now.flows(edge) ? " flows" : ""}`);
      if (label) {
        text(label, rate(now.rate(edge)));
      }
    },
  };
}

/** One where all that is sent to a target comes together, one where a source's records set out. */
function rateLabel(first, end, told) {
  const cell = end.node.kind === "target" ? end : first;
  if (told.has(cell)) {
    return null;
  }
  told.add(cell);
  return cell === end ? svg("text", {class: "rate", x: end.x - 12, y: middle(end) - 7, "text-anchor": "end"})
      : svg("text", {class: "rate", x: first.x + first.width + 8, y: middle(first) - 7});
}

function middle(cell) {
  return cell.y + cell.height / 2;
}

/** A curve between columns, straight through those it only passes, with an arrow's head at the end. */
function through(cells) {
  const [first, ...rest] = cells;
  let at = [first.x + first.width, middle(first)];
  const parts = [`M${at[0]} ${at[1]}`];
  for (const cell of rest) {
    const stub = cell.node ? (cell.node.kind === "target" ? LANE.label - 8 : 10) : 0;
    const to = [cell.x - stub, middle(cell)];
    const start = at[0] + (cell === rest[0] && first.node.kind === "source" ? LANE.label - 10 : 0);
    const bend = (start + to[0]) / 2;
    parts.push(`H${start}C${bend} ${at[1]} ${bend} ${to[1]} ${to[0]} ${to[1]}`);
    at = [cell.node ? cell.x - 1 : cell.x + cell.width, to[1]];
    parts.push(`H${at[0]}`);
  }
  return {path: parts.join(""), head: `M${at[0] - 6} ${at[1] - 4}l6 4l-6 4`};
}

/** From the right side of what failed to the right side of the dead letters. */
function aroundTheRight(from, to) {
  const right = Math.max(from.x + from.width, to.x + to.width);
  const far = right + LANE.right - 16;
  const [y1, y2] = [middle(from), middle(to)];
  const down = Math.sign(y2 - y1) * 14;
  const end = to.x + to.width + 2;
  return {
    path: `M${from.x + from.width} ${y1}H${right + 6}C${far} ${y1} ${far} ${y1} ${far} ${y1 + down}V${y2 - down}`
        + `C${far} ${y2} ${far} ${y2} ${right + 6} ${y2}H${end}`,
    head: `M${end + 6} ${y2 - 4}l-6 4l6 4`,
  };
}
