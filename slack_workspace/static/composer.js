// Where a person writes: text to say, or a command after a slash with the workspace's commands offered.

import { h, uid } from "./dom.js";

export class Composer {
  #at = -1;

  constructor(shell, channel) {
    this.shell = shell;
    this.channel = channel;
    const list = uid("commands");
    this.list = h("ul", { id: list, role: "listbox", class: "commands", "aria-label": "Commands", hidden: true });
    this.box = h("input", {
      type: "text", class: "write", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": list,
      "aria-autocomplete": "list", "aria-label": "Write a message, or / for commands", placeholder: "Message, or / for commands",
      oninput: () => this.#offer(), onkeydown: (event) => this.#key(event), onblur: () => this.#shut(),
    });
    this.send = h("button", { type: "submit", class: "button primary" }, "Send");
    this.node = h("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.list, this.box, this.send);
  }

  get #open() {
    return !this.list.hidden;
  }

  #offer() {
    const text = this.box.value;
    const fitting = text.startsWith("/") ? this.shell.commands().filter((command) => command.startsWith(text) && command !== text) : [];
    this.list.replaceChildren(
      ...fitting.map((command) =>
        h("li", { role: "option", id: uid("command"), "aria-selected": "false", onpointerdown: (event) => this.#take(event, command) }, command)),
    );
    this.list.hidden = fitting.length === 0;
    this.box.setAttribute("aria-expanded", String(this.#open));
    this.#point(-1);
  }

  #shut() {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.#point(-1);
  }

  #point(at) {
    this.#at = at;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = this.list.children[at];
    if (option) this.box.setAttribute("aria-activedescendant", option.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  #take(event, command) {
    event.preventDefault();
    this.box.value = `${command} `;
    this.#shut();
    this.box.focus();
  }

  #key(event) {
    if (!this.#open || event.isComposing) return;
    const count = this.list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#point((this.#at + step + count + (this.#at < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Escape") this.#shut();
    else if (event.key === "Enter" && this.#at >= 0) this.#take(event, this.list.children[this.#at].textContent);
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text || this.send.getAttribute("aria-busy") === "true") return;
    this.#shut();
    this.send.setAttribute("aria-busy", "true");
    const answer = await this.shell.write(this.channel, text);
    this.send.removeAttribute("aria-busy");
    // What could not be sent stays in the box; what was typed meanwhile too.
    if (answer.ok && this.box.value.trim() === text) this.box.value = "";
  }
}
