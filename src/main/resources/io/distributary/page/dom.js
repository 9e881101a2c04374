// Elements, always with text: nothing that comes from a table or an error message is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** el("p", {class: "lead"}, "text", child) */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for the elements of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    attr(node, name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Sets an attribute, or removes it where the value is null or false; what is the same is left alone. */
export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/** Sets the text; what is the same is left alone, so that a selection stays and nothing is announced again. */
export function text(node, value) {
  const wanted = value === null || value === undefined ? "" : String(value);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/** Shows or hides. */
export function show(node, visible) {
  node.hidden = !visible;
}

const children = new WeakMap();

/**
 * Makes the children of an element those of a list, keeping what is there: focus, selection and opened details stay.
 * create() gives {node, update(item)}.
 */
export function sync(parent, items, key, create) {
  const before = children.get(parent) ?? new Map();
  const after = new Map();
  let place = parent.firstChild;
  for (const item of items) {
    const id = key(item);
    const part = before.get(id) ?? create(item);
    part.update(item);
    after.set(id, part);
    if (part.node === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(part.node, place);
    }
  }
  for (const [id, part] of before) {
    if (!after.has(id)) {
      part.node.remove();
    }
  }
  children.set(parent, after);
}

/** A state as a word with a mark before it: never by colour alone. kind: good, bad, warn or idle. */
export function badge() {
  const node = el("span", {class: "badge"});
  return {
    node,
    update(kind, words) {
      attr(node, "class", `badge ${kind}`);
      text(node, words);
    },
  };
}

/** Names and values, as <dl> has them. */
export function facts() {
  const node = el("dl", {class: "facts"});
  return {
    node,
    update(pairs) {
      sync(node, pairs.filter(pair => pair[1] !== null && pair[1] !== undefined && pair[1] !== ""), pair => pair[0], pair => {
        const value = el("dd");
        return {
          node: el("div", {}, el("dt", {}, pair[0]), value),
          update: changed => text(value, changed[1]),
        };
      });
    },
  };
}
