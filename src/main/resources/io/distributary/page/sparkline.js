// What a target took in the last minutes, as a line; retries as bars below, told in words beside it.

import {attr, svg} from "./dom.js";

const [WIDTH, HEIGHT, TOP] = [240, 44, 3];

export function sparkline() {
  const area = svg("path", {class: "area"});
  const line = svg("path", {class: "line", fill: "none"});
  const bars = svg("path", {class: "retries"});
  const node = svg("svg", {class: "sparkline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img"}, area, line, bars);
  return {
    node,
    /** series: {delivered, retries}, with null where nothing is known */
    update(series, label) {
      const most = Math.max(1e-9, ...series.delivered.map(value => value ?? 0), ...series.retries.map(value => value ?? 0));
      const step = WIDTH / Math.max(1, series.delivered.length - 1);
      const y = value => HEIGHT - 1 - value / most * (HEIGHT - 1 - TOP);
      const runs = unbroken(series.delivered);
      const points = run => run.map(([index, value]) => `${round(index * step)} ${round(y(value))}`).join("L");
      attr(line, "d", runs.map(run => `M${points(run)}${run.length === 1 ? "h.1" : ""}`).join(""));
      attr(area, "d", runs.map(run => `M${round(run[0][0] * step)} ${HEIGHT}L${points(run)}V${HEIGHT}Z`).join(""));
      attr(bars, "d", series.retries.map((value, index) => value > 0
          ? `M${round(index * step - 1.2)} ${HEIGHT}V${round(Math.min(y(value), HEIGHT - 3))}h2.4V${HEIGHT}Z` : "").join(""));
      attr(node, "aria-label", label);
    },
  };
}

function unbroken(values) {
  const runs = [];
  values.forEach((value, index) => {
    if (value === null) {
      return;
    }
    if (index === 0 || values[index - 1] === null) {
      runs.push([]);
    }
    runs[runs.length - 1].push([index, value]);
  });
  return runs;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
