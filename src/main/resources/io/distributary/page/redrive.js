// Sending dead letters again, where the settings have switched it on: with a token, after asking once more.

import {el, show, sync, text} from "./dom.js";
import {plural, words} from "./format.js";

const ALL = "";

let state = null;
let targets = [];

const token = el("input", {type: "password", id: "redrive-token", autocomplete: "off", spellcheck: "false"});
const scope = el("select", {id: "redrive-scope"});
const ask = el("button", {type: "button"}, "Send again …");
const question = el("span");
const yes = el("button", {type: "button", class: "main"}, "Send them");
const no = el("button", {type: "button"}, "Cancel");
const confirm = el("p", {class: "confirm", hidden: ""}, question, " ", yes, " ", no);
const store = el("code");
const result = el("p", {role: "status"});
const part = el("div", {class: "redrive"}, el("h3", {}, "Send dead letters again"), el("p", {class: "quiet"}, "From ", store,
    ", each to the target that failed only; one that something newer may have overtaken stays."),
el("p", {class: "fields"}, el("label", {for: "redrive-scope"}, "Which"), scope, el("label", {for: "redrive-token"}, "Token"), token, ask), confirm, result);

ask.addEventListener("click", () => {
  if (token.value === "") {
    text(result, "Enter the token of distributary.page.redrive-token first.");
    token.focus();
    return;
  }
  text(question, scope.value === ALL ? "Send all of them again?" : `Send those of ${scope.value} again?`);
  show(confirm, true);
  yes.focus();
});
no.addEventListener("click", () => {
  show(confirm, false);
  ask.focus();
});
yes.addEventListener("click", async () => {
  show(confirm, false);
  ask.focus();
  try {
    const answer = await fetch(`page/redrive?target=${encodeURIComponent(scope.value)}`,
        {method: "POST", headers: {"X-Distributary-Token": token.value}, cache: "no-store"});
    if (answer.ok) {
      state = await answer.json();
      told();
    } else {
      text(result, `Not begun: ${(await answer.text()).trim()}.`);
    }
  } catch (failure) {
    text(result, `Not begun: ${failure.message}.`);
  }
});

/** Asks how it is: once where it is switched off, and with each refresh where it is on. */
export async function renderRedrive(status) {
  if (state === null || state.enabled) {
    const answer = await fetch("page/redrive", {cache: "no-store"});
    const before = state?.running;
    state = answer.ok ? await answer.json() : {enabled: false};
    if (state.running || before) {
      told();
    }
  }
  if (!state.enabled) {
    return;
  }
  if (!part.isConnected) {
    document.getElementById("letters-summary").after(part);
  }
  text(store, state.store);
  targets = [...new Set(status.dead_letters.letters.map(letter => letter.target).filter(Boolean))].sort();
  sync(scope, [ALL, ...targets], target => target, target => ({
    node: el("option", {value: target}, target === ALL ? "all targets" : target),
    update() {},
  }));
  ask.disabled = state.running;
}

function told() {
  const counts = Object.entries(state.outcomes ?? {}).filter(outcome => outcome[1] > 0)
      .map(([outcome, count]) => `${count} ${words(outcome)}`).join(", ");
  text(result, `${state.running ? "Under way" : state.failure ? `Ended early: ${state.failure}` : "Done"}: ${
    plural(state.read ?? 0, "dead letter")} read${counts === "" ? "" : `, ${counts}`}${state.left_out ? `, ${state.left_out} left out` : ""}.${
    state.stayed ? ` One that stays: ${state.stayed}` : ""}`);
}
