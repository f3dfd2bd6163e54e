// The side bar: who is being played, Home of the app, and the conversations with what is unread in them.

import { arrange, h, unseen } from "./dom.js";
import { avatar } from "./people.js";

const item = (id) => {
  const label = h("span", { class: "name" });
  const mark = h("span", { class: "count" });
  return { id, label, mark, link: h("a", { "data-place": id }, label, mark) };
};

export class Sidebar {
  #items = new Map();

  constructor(node) {
    this.node = node;
    this.who = h("div", { class: "me" });
    this.app = h("ul");
    this.channels = h("ul");
    this.more = h("h2", {}, "Channels");
    node.replaceChildren(this.who, h("h2", {}, "App"), this.app, this.more, this.channels);
  }

  /** `place` is "home" or a conversation's id. */
  render({ me, conversations }, place, homeChanged) {
    const key = `${me.id} ${me.name}`;
    if (this.who.dataset.key !== key) {
      this.who.dataset.key = key;
      this.who.replaceChildren(
        avatar(me.name, me),
        h("span", { class: "who" }, unseen("You are "), h("span", { class: "name" }, me.name), me.title && h("span", { class: "title" }, me.title)),
        h("a", { class: "switch", href: "#" }, "Be someone else"),
      );
    }
    const home = this.#row(me, "home", "Home", place, homeChanged ? "new" : "", homeChanged ? "changed" : "");
    const row = (one) => {
      const name = one.kind === "channel" ? `# ${one.name}` : one.name;
      return this.#row(me, one.id, name, place, one.unread || "", one.unread ? `${one.unread} unread` : "");
    };
    const direct = conversations.filter((one) => one.kind === "dm").map(row);
    const channels = conversations.filter((one) => one.kind !== "dm").map(row);
    arrange(this.app, [home, ...direct]);
    arrange(this.channels, channels);
    this.more.hidden = channels.length === 0;
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
