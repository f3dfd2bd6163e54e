// A conversation: its messages, keyed so that a refresh draws only what is new or edited, and the place to write.

import { arrange, focusMark, h, restoreFocus } from "./dom.js";
import { Composer } from "./composer.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { Surface } from "./surface.js";
import { day, dayHeading, hour, longMoment } from "./times.js";

const NEAR = 80;

function draw(message, surface, texts) {
  const at = new Date(message.time);
  const { name, bot } = message.from;
  const said = message.mrkdwn === false ? h("p", {}, plain(message.text)) : mrkdwn(message.text ?? "", texts);
  const body = message.blocks?.length ? surface.draw(message.blocks, message.state?.values) : said;
  return [
    avatar(name, { bot }),
    h(
      "div",
      { class: "content" },
      message.ephemeral && h("p", { class: "only" }, "Only visible to you"),
      h(
        "p",
        { class: "head" },
        h("span", { class: "name" }, name),
        bot && h("span", { class: "badge" }, "App"),
        h("time", { datetime: message.time, title: longMoment(at, texts.zone) }, hour(at, texts.zone)),
        message.edited && h("span", { class: "edited" }, "(edited)"),
      ),
      h("div", { class: "blocks" }, body),
      message.files?.length ? h("ul", { class: "tags", "aria-label": "Files" }, message.files.map(fileLink)) : null,
    ),
  ];
}

function fileLink({ name, url_private }) {
  return h("li", {}, h("a", { href: new URL(url_private).pathname, download: name }, name));
}

export class Conversation {
  #items = new Map();
  #days = new Map();

  constructor(id, shell) {
    this.id = id;
    this.shell = shell;
    this.list = h("ol", { class: "messages", "aria-label": "Messages" });
    this.newest = h("button", { type: "button", class: "newest", hidden: true, onclick: () => this.toEnd() }, "New messages ↓");
    this.scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Conversation", onscroll: () => this.#scrolled() }, this.list);
    this.composer = new Composer(shell, id);
    this.node = h("div", { class: "conversation" }, this.scroller, this.newest, this.composer.node);
    // Boxes that grow after they are drawn must not push the newest message out of sight.
    this.follow = true;
    new ResizeObserver(() => this.follow && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.follow && this.toEnd()).observe(this.scroller);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newest.hidden = true;
  }

  #scrolled() {
    const left = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.follow = left < NEAR;
    if (this.follow) this.newest.hidden = true;
  }

  /** Draw what changed. Returns the messages that are new or edited, for announcing; none on the first drawing. */
  render(conversation) {
    const texts = this.shell.texts();
    const first = this.#items.size === 0 && !this.list.hasChildNodes();
    const mark = focusMark(this.list);
    const fresh = [];
    const edited = [];
    const nodes = [];
    let today = null;
    for (const message of conversation.messages) {
      const on = day(new Date(message.time), texts.zone);
      if (on !== today) nodes.push(this.#divider(on, message, texts));
      today = on;
      nodes.push(this.#item(message, texts, fresh, edited));
    }
    if (!nodes.length) nodes.push(this.#empty());
    arrange(this.list, nodes);
    // A button that has gone with an edit leaves the focus with its message.
    if (mark && !restoreFocus(mark, this.list)) this.#items.get(mark.message)?.node.focus({ preventScroll: true });
    if (first || this.follow) this.toEnd();
    else if (fresh.length) this.newest.hidden = false;
    return first ? [] : [...fresh, ...edited];
  }

  #item(message, texts, fresh, edited) {
    const key = message.ts;
    let item = this.#items.get(key);
    if (!item) {
      item = { node: h("li", { "data-ts": key, tabindex: "-1" }), surface: new Surface({ channel: this.id, ts: key }, this.shell), seen: "" };
      this.#items.set(key, item);
      fresh.push(message);
    }
    const content = JSON.stringify(message);
    if (message.edited && item.edit !== undefined && item.edit !== message.text) edited.push(message);
    item.edit = message.text;
    // "Tomorrow" and "3 hours ago" grow old: such a message is drawn again when the day or the hour has changed.
    const ageing = content.includes("_pretty}") ? day(texts.now(), texts.zone) : "";
    const hours = content.includes("{ago}") ? Math.floor(texts.now() / 3_600_000) : "";
    const seen = `${texts.zone}${ageing}${hours}${content}`;
    if (seen !== item.seen) {
      item.seen = seen;
      item.node.className = message.ephemeral ? "message ephemeral" : "message";
      item.node.replaceChildren(...draw(message, item.surface, texts));
    }
    return item.node;
  }

  #divider(on, message, texts) {
    if (!this.#days.has(on)) this.#days.set(on, h("li", { class: "day" }, h("span", {})));
    const node = this.#days.get(on);
    const text = dayHeading(new Date(message.time), texts.zone, texts.now());
    if (node.textContent !== text) node.firstChild.textContent = text;
    return node;
  }

  #empty() {
    if (!this.#days.has("")) this.#days.set("", h("li", { class: "empty" }, "Nothing has been said here yet."));
    return this.#days.get("");
  }
}
