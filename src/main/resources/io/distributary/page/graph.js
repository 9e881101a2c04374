// From a route's nodes and edges to a drawing's: what is drawn, in which column and row. Knows no pixels' colours and no document.

const PASSED_THROUGH = new Set(["multicast", "choice"]);

/** Without the nodes that only hand on, and with one node for each place that is sent to, however many branches lead there. */
export function simplify(route) {
  const contracted = contract(route.nodes, route.edges);
  const merged = merge(contracted);
  return order(merged) === null ? contracted : merged;
}

/** A multicast or a choice is told by the branches that leave it. */
function contract(nodes, edges) {
  let kept = edges.slice();
  for (const node of nodes.filter(candidate => PASSED_THROUGH.has(candidate.kind))) {
    const into = kept.filter(edge => edge.to === node.id);
    const outOf = kept.filter(edge => edge.from === node.id);
    if (into.length === 0) {
      continue;
    }
    kept = kept.filter(edge => edge.to !== node.id && edge.from !== node.id);
    for (const first of into) {
      for (const second of outOf) {
        kept.push({from: first.from, to: second.to, kind: second.kind, label: second.label ?? first.label});
      }
    }
  }
  const used = new Set(kept.flatMap(edge => [edge.from, edge.to]));
  return {nodes: nodes.filter(node => used.has(node.id) || !PASSED_THROUGH.has(node.kind)), edges: distinct(kept)};
}

function merge({nodes, edges}) {
  const first = new Map();
  const alias = new Map();
  for (const node of nodes) {
    const place = node.kind === "target" || node.kind === "dead_letters" ? `${node.kind} ${node.uri ?? node.label}` : node.id;
    if (!first.has(place)) {
      first.set(place, node);
    }
    alias.set(node.id, first.get(place).id);
  }
  return {
    nodes: nodes.filter(node => alias.get(node.id) === node.id),
    edges: distinct(edges.map(edge => ({...edge, from: alias.get(edge.from), to: alias.get(edge.to)}))),
  };
}

function distinct(edges) {
  const seen = new Map();
  for (const edge of edges) {
    const id = `${edge.kind} ${edge.from} ${edge.to}`;
    if (edge.from !== edge.to && !seen.has(id)) {
      seen.set(id, edge);
    }
  }
  return [...seen.values()];
}

/** The nodes, each after those that lead to it; null where they go round in a circle. */
function order({nodes, edges}) {
  const waiting = new Map(nodes.map(node => [node.id, edges.filter(edge => edge.to === node.id).length]));
  const ready = nodes.filter(node => waiting.get(node.id) === 0);
  const sorted = [];
  while (ready.length > 0) {
    const node = ready.shift();
    sorted.push(node);
    for (const edge of edges.filter(candidate => candidate.from === node.id)) {
      waiting.set(edge.to, waiting.get(edge.to) - 1);
      if (waiting.get(edge.to) === 0) {
        ready.push(nodes.find(candidate => candidate.id === edge.to));
      }
    }
  }
  return sorted.length === nodes.length ? sorted : null;
}

/**
 * Columns of cells, from the source to the targets: {columns: [[cell]], links: [{edge, cells: [cell, ...]}]}. A cell is a node, or, with
 * no node, the place where a longer edge passes a column. What ends the flow is in the last column, the dead letters below.
 */
export function layers(graph) {
  const column = new Map();
  for (const node of order(graph) ?? graph.nodes) {
    const into = graph.edges.filter(edge => edge.to === node.id && edge.kind === "flow" && column.has(edge.from));
    column.set(node.id, Math.max(0, ...into.map(edge => column.get(edge.from) + 1)));
  }
  const last = Math.max(0, ...column.values());
  for (const node of graph.nodes) {
    const ends = !graph.edges.some(edge => edge.from === node.id && edge.kind === "flow");
    if (node.kind === "dead_letters" || ends && node.kind !== "source" && column.get(node.id) > 0) {
      column.set(node.id, last);
    }
  }
  const columns = Array.from({length: last + 1}, () => []);
  const cells = new Map();
  for (const node of graph.nodes.filter(candidate => candidate.kind !== "dead_letters")) {
    place(cells, columns, node, column.get(node.id));
  }
  const links = graph.edges.filter(edge => edge.kind === "flow").map(edge => {
    const path = [cells.get(edge.from)];
    for (let at = column.get(edge.from) + 1; at < column.get(edge.to); at++) {
      const passing = {node: null, column: at};
      columns[at].push(passing);
      path.push(passing);
    }
    path.push(cells.get(edge.to));
    return {edge, cells: path};
  });
  untangle(columns, links);
  for (const node of graph.nodes.filter(candidate => candidate.kind === "dead_letters")) {
    place(cells, columns, node, column.get(node.id));
  }
  const failures = graph.edges.filter(edge => edge.kind === "failure")
      .map(edge => ({edge, cells: [cells.get(edge.from), cells.get(edge.to)]}));
  return {columns, links: links.concat(failures)};
}

function place(cells, columns, node, at) {
  const cell = {node, column: at};
  cells.set(node.id, cell);
  columns[at].push(cell);
}

/** Each column in the order of the middle of what it is connected to, there and back a few times: fewer crossings; what is left
 * over by the others last. */
function untangle(columns, links) {
  const steps = links.flatMap(link => link.cells.slice(1).map((cell, index) => [link.cells[index], cell]));
  const settle = (column, near, far) => {
    const rank = new Map(column.map((cell, index) => {
      const rows = steps.filter(step => step[near] === cell).map(step => columns[step[far].column].indexOf(step[far]));
      return [cell, rows.length === 0 ? index : rows.reduce((sum, row) => sum + row, 0) / rows.length];
    }));
    column.sort((one, other) => (one.node?.kind === "otherwise") - (other.node?.kind === "otherwise") || rank.get(one) - rank.get(other));
  };
  for (let round = 0; round < 4; round++) {
    columns.slice(1).forEach(column => settle(column, 1, 0));
    columns.slice(0, -1).reverse().forEach(column => settle(column, 0, 1));
  }
  columns.slice(1).forEach(column => settle(column, 1, 0));
}

/** The route as a tree, for the list that says the same in words; what follows a place is told once, where it comes first. */
export function outline(route) {
  const {nodes, edges} = contract(route.nodes, route.edges);
  const byId = new Map(nodes.map(node => [node.id, node]));
  const told = new Set();
  const branch = node => {
    const again = told.has(node.id);
    told.add(node.id);
    const next = again ? [] : edges.filter(edge => edge.from === node.id && edge.kind === "flow");
    return {node, children: next.map(edge => branch(byId.get(edge.to)))};
  };
  return nodes.filter(node => node.kind === "dead_letters" || !edges.some(edge => edge.to === node.id)).map(branch);
}
