// The last dead letters: what, why, and the record itself.

import {badge, el, facts, show, sync, text} from "./dom.js";
import {bytes, number, plural, time} from "./format.js";

export function renderLetters(status) {
  const {made, stored, kept, letters, records_shown: shown} = status.dead_letters;
  text(document.getElementById("letters-summary"), made === 0 ? "None since the start."
      : `${number(made)} made since the start, ${number(stored)} of them stored${made > kept ? `; the last ${number(kept)} are here` : ""}.`
        + (shown ? "" : " Items' data is not shown to you."));
  sync(document.getElementById("letters-list"), letters, letter => `${letter.id} ${letter.time}`, letterPart);
}

function letterPart() {
  const [when, what, target, reason] = ["time", "span", "span", "span"].map((tag, index) => el(tag, {class: ["when", "what", "to", "reason"][index]}));
  const state = badge();
  const more = facts();
  const record = el("pre", {tabindex: "0", "aria-label": "The dead letter as JSON"});
  const note = el("p", {class: "quiet"});
  const node = el("details", {class: "letter"}, el("summary", {}, when, " ", what, " ", target, " ", state.node, " ", reason), more.node, note, record);
  let letter = null;
  // A letter may be large, and most are never opened.
  const fill = () => {
    more.update([
      ["Target", letter.target], ["Route", letter.route], ["Table", letter.table], ["Event id", letter.event_id],
      ["Attempts", number(letter.attempts)], ["Stored", letter.stored ? "yes" : "not known"], ["Size", bytes(letter.bytes)],
    ]);
    text(note, letter.letter === null ? "The record is not shown to you."
        : letter.truncated ? `The record, ${bytes(letter.bytes)} with its letter, is too large to be kept here; it is where the dead letters are stored.` : "");
    show(note, letter.letter === null || letter.truncated);
    show(record, letter.letter !== null);
    if (letter.letter !== null && record.childNodes.length === 0) {
      record.append(...coloured(letter.letter));
    }
  };
  node.addEventListener("toggle", () => node.open && letter && fill());
  return {
    node: el("li", {}, node),
    update(changed) {
      letter = changed;
      text(when, time(letter.time));
      when.dateTime = letter.time;
      text(what, `${letter.event_name} ${letter.item_key ?? ""}`);
      text(target, `to ${letter.target}, ${plural(letter.attempts, "attempt")}`);
      state.update(letter.stored ? "good" : "warn", letter.stored ? "stored" : "not known to be stored");
      text(reason, letter.reason);
      if (node.open) {
        fill();
      }
    },
  };
}

/** JSON with its names set apart from its values. */
function coloured(value) {
  return JSON.stringify(value, null, 2).split("\n").flatMap((line, index) => {
    const [, indent, name, rest] = line.match(/^(\s*)("(?:[^"\\]|\\.)*": )?(.*)$/);
    return [`${index === 0 ? "" : "\n"}${indent}`, ...(name ? [el("span", {class: "json-name"}, name)] : []), rest];
  });
}
