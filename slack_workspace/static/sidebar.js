// The side bar: who is being played and who else can be, the app and the channels with what is unread in them, and what
// a visitor may try.

import { arrange, h, unseen } from "./dom.js";
import { avatar, chooser, steps } from "./people.js";

const item = (id) => {
  const label = h("span", { class: "name" });
  const mark = h("span", { class: "count" });
  return { id, label, mark, link: h("a", { "data-place": id }, label, mark) };
};

export class Sidebar {
  #items = new Map();

  /** `directory` gives everybody who can be played, and the welcome. */
  constructor(node, directory) {
    this.node = node;
    this.directory = directory;
    this.who = h("div", { class: "me" });
    this.app = h("ul");
    this.channels = h("ul");
    this.more = h("h2", {}, "Conversations");
    this.beside = h("h2", { hidden: true }, "Beside the workspace");
    this.calendar = h("ul");
    this.tour = h("div", {});
    node.replaceChildren(this.who, h("h2", {}, "App"), this.app, this.more, this.channels, this.beside, this.calendar, this.tour);
  }

  /** `place` is "home", "calendar" or a conversation's id. */
  render({ me, conversations, calendar }, place, homeChanged) {
    const key = `${me.id} ${me.name}`;
    if (this.who.dataset.key !== key) {
      this.who.dataset.key = key;
      this.who.replaceChildren(
        avatar(me.name, me),
        h("span", { class: "who" }, unseen("You are "), h("span", { class: "name" }, me.name), me.title && h("span", { class: "title" }, me.title)),
        chooser(this.directory().people, me.id),
      );
      this.tour.replaceChildren(...steps(this.directory().welcome));
    }
    const row = (one) => {
      const name = one.kind === "channel" ? `# ${one.name}` : one.name;
      return this.#row(me, one.id, name, place, one.unread || "", one.unread ? `${one.unread} unread` : "");
    };
    const direct = conversations.find((one) => one.kind === "dm");
    const unread = direct?.unread ?? 0;
    const there = place === "home" || place === direct?.id ? "home" : place;
    const news = unread ? `${unread} unread` : homeChanged ? "Home has changed" : "";
    const app = this.#row(me, "home", direct?.name ?? "Home", there, unread || (homeChanged ? "new" : ""), news);
    const channels = conversations.filter((one) => one.kind !== "dm").map(row);
    arrange(this.app, [app]);
    arrange(this.channels, channels);
    arrange(this.calendar, calendar ? [this.#row(me, "calendar", "Calendar", place, "", "")] : []);
    this.more.hidden = channels.length === 0;
    this.beside.hidden = !calendar;
  }

  #row(me, id, name, place, mark, spoken) {
    if (!this.#items.has(id)) {
      const made = item(id);
      made.row = h("li", {}, made.link);
      this.#items.set(id, made);
    }
    const { link, label, mark: count, row } = this.#items.get(id);
    link.href = `#${encodeURIComponent(me.id)}/${encodeURIComponent(id)}`;
    label.textContent = name;
    const text = `${mark}/${spoken}`;
    if (count.dataset.text !== text) {
      count.dataset.text = text;
      count.replaceChildren(...(mark === "" ? [] : [h("span", { "aria-hidden": "true" }, String(mark)), unseen(` (${spoken})`)]));
    }
    if (id === place) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    return row;
  }
}
