// The workspace's clock: what time it is there, for the person being played, and the buttons that turn it.

import { h, unseen } from "./dom.js";
import { announce, failure } from "./notices.js";
import { tell } from "./api.js";
import { longMoment, place, shortMoment } from "./times.js";

const TURNS = [["PT1H", "+1 hour"], ["P1D", "+1 day"], ["P5D", "+5 days"]];

export class Clock {
  #zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  #base = Date.now();
  #read = performance.now();
  #busy = false;

  /** `turned` is called when a turn is done and resolves once the page shows what followed. */
  constructor(node, turned) {
    this.turned = turned;
    this.time = h("time", {});
    this.where = h("span", { class: "zone" });
    this.lost = h("span", { class: "lost", role: "status" });
    this.buttons = TURNS.map(([by, label]) =>
      h("button", { type: "button", class: "turn", "data-turn": by, onclick: (event) => this.#turn(by, event.currentTarget) }, label));
    this.turns = h("div", { class: "turns", role: "group", "aria-label": "Turn the clock", hidden: true }, this.buttons);
    node.replaceChildren(h("p", { class: "now" }, unseen("The time here is "), this.time, " ", this.where, this.lost), this.turns);
    setInterval(() => this.#show(), 5000);
    this.#show();
  }

  /** The workspace's time now, as a Date. */
  now() {
    return new Date(this.#base + performance.now() - this.#read);
  }

  set({ now, can_turn: canTurn }, zone) {
    this.#base = Date.parse(now);
    this.#read = performance.now();
    this.#zone = zone ?? this.#zone;
    this.turns.hidden = !canTurn;
    this.#show();
  }

  /** Say that the line to the workspace is down, or up again. */
  reach(found) {
    const text = found ? "" : "Connection lost. Trying again…";
    if (this.lost.textContent !== text) this.lost.textContent = text;
  }

  #show() {
    const at = this.now();
    const text = shortMoment(at, this.#zone);
    const town = place(this.#zone);
    if (this.where.textContent !== town) this.where.textContent = town;
    if (this.time.textContent === text) return;
    this.time.textContent = text;
    this.time.dateTime = at.toISOString();
    this.time.title = `${longMoment(at, this.#zone)}, ${town} time`;
  }

  async #turn(by, button) {
    if (this.#busy) return;
    this.#busy = true;
    button.setAttribute("aria-busy", "true");
    for (const other of this.buttons) other.setAttribute("aria-disabled", "true");
    const answer = await tell("/page/turn", { by });
    await this.turned();
    this.#busy = false;
    button.removeAttribute("aria-busy");
    for (const other of this.buttons) other.removeAttribute("aria-disabled");
    if (answer.ok) announce(answer.notice ?? `The clock was turned. It is now ${longMoment(this.now(), this.#zone)}.`);
    else failure(answer.message);
  }
}
