// The stack of modals. Only the top one is shown; those beneath keep what was typed. A refresh of the page's state
// touches a modal only if its own view changed, and then keeps what was typed and where the focus was.

import { showError } from "./blocks.js";
import { arrange, focusMark, h, restoreFocus, tabStops, uid } from "./dom.js";
import { holdFocus } from "./dialogs.js";
import { plain } from "./mrkdwn.js";
import { announce } from "./notices.js";
import { Surface } from "./surface.js";

const signature = (view) => JSON.stringify([view.id, view.hash, view.title, view.submit, view.close, view.blocks]);

class Modal {
  #seen = "";
  #errors = "{}";
  #busy = false;
  mark = null;

  constructor(view, shell) {
    this.view = view;
    this.shell = shell;
    this.surface = new Surface({ view: view.id }, shell, { lasting: true });
    const id = uid("title");
    this.title = h("h2", { id });
    this.alert = h("p", { class: "alarm", role: "alert" });
    this.body = h("div", { class: "body" });
    this.foot = h("div", { class: "foot" });
    this.form = h("form", { novalidate: true, onsubmit: (event) => this.#submit(event) }, this.body, this.alert, this.foot);
    this.box = h("div", { class: "modal", role: "dialog", "aria-modal": "true", tabindex: "-1", "aria-labelledby": id }, this.title, this.form);
    this.node = h("div", { class: "shade" }, this.box);
    holdFocus(this.box, () => this.#close());
    // An error stands until its field is touched again.
    this.body.addEventListener("input", (event) => {
      const block = event.target.closest("[data-block-id]");
      if (!block) return;
      showError(block, null);
      if (!this.body.querySelector(".error:not([hidden])")) this.alert.textContent = "";
    });
  }

  update(view) {
    this.view = view;
    if (signature(view) !== this.#seen) this.#draw();
    const errors = JSON.stringify(view.errors ?? {});
    if (errors !== this.#errors) {
      this.#errors = errors;
      this.show(view.errors ?? {});
    }
  }

  #draw() {
    const first = this.#seen === "";
    this.#seen = signature(this.view);
    const mark = first ? null : focusMark(this.box);
    const { view } = this;
    this.title.textContent = plain(view.title);
    this.alert.textContent = "";
    this.body.replaceChildren(...this.surface.draw(view.blocks, view.state?.values));
    const submit = plain(view.submit);
    this.foot.replaceChildren(
      h("button", { type: "button", class: "button", "data-role": "close", onclick: () => this.#close() }, plain(view.close) || (submit ? "Cancel" : "Close")),
      submit ? h("button", { type: "submit", class: "button primary", "data-role": "submit" }, submit) : "",
    );
    if (mark && !restoreFocus(mark, this.box)) this.focus();
    if (!first) announce(`${plain(view.title)} was updated.`);
  }

  focus() {
    const wanted = this.body.querySelector("[data-first]") ?? tabStops(this.body)[0] ?? tabStops(this.foot).at(-1);
    (wanted?.matches("input, select, textarea, button") ? wanted : this.box).focus({ preventScroll: true });
  }

  /** Show errors at their fields, lead the eye and the focus to the first. */
  show(errors) {
    let first = null;
    const blocks = [...this.body.querySelectorAll("[data-block-id]")];
    for (const node of blocks) {
      const text = errors[node.dataset.blockId];
      showError(node, text ?? null);
      if (text) first ??= node;
    }
    const known = new Set(blocks.map((node) => node.dataset.blockId));
    const lost = Object.entries(errors).filter(([block]) => !known.has(block)).map(([, text]) => text);
    const count = Object.keys(errors).length - lost.length;
    const said = count ? [count === 1 ? "One field needs your attention." : `${count} fields need your attention.`] : [];
    this.alert.textContent = [...said, ...lost].join(" ");
    if (!first) return;
    first.scrollIntoView({ block: "nearest" });
    tabStops(first)[0]?.focus({ preventScroll: true });
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#busy || !plain(this.view.submit)) return;
    this.show({});
    await this.#during("submit", async () => {
      const answer = await this.shell.submit(this.view.id, this.surface.state());
      if (!answer.ok) this.alert.textContent = answer.message;
      else if (Object.keys(answer.errors ?? {}).length) {
        this.#errors = JSON.stringify(answer.errors);
        this.show(answer.errors);
      }
    });
  }

  #close() {
    if (this.#busy) return;
    this.#during("close", async () => {
      const answer = await this.shell.close(this.view.id);
      if (!answer.ok) this.alert.textContent = answer.message;
    });
  }

  async #during(role, work) {
    const button = this.foot.querySelector(`[data-role="${role}"]`);
    this.#busy = true;
    button?.setAttribute("aria-busy", "true");
    try {
      await work();
    } finally {
      this.#busy = false;
      button?.removeAttribute("aria-busy");
    }
  }
}

export class Modals {
  #stack = [];
  #back = null;

  constructor(layer, page, shell) {
    this.layer = layer;
    this.page = page;
    this.shell = shell;
  }

  get open() {
    return this.#stack.length > 0;
  }

  /** Say in the top modal that something failed. */
  fail(text) {
    this.#stack.at(-1).alert.textContent = text;
  }

  render(views) {
    const before = this.#stack.at(-1);
    if (before) before.mark = focusMark(before.box);
    else if (views.length) this.#back = focusMark();
    const known = new Map(this.#stack.map((modal) => [modal.view.id, modal]));
    this.#stack = views.map((view) => known.get(view.id) ?? new Modal(view, this.shell));
    const questions = [...this.layer.children].filter((node) => node.querySelector('[role="alertdialog"]'));
    arrange(this.layer, [...this.#stack.map((modal) => modal.node), ...questions]);
    this.#stack.forEach((modal, i) => {
      modal.node.hidden = i < this.#stack.length - 1;
      modal.update(views[i]);
    });
    const top = this.#stack.at(-1);
    this.page.inert = Boolean(top) || questions.length > 0;
    if (questions.length || top === before) return;
    if (!top) {
      if (!restoreFocus(this.#back)) document.querySelector("#main").focus({ preventScroll: true });
    } else if (!restoreFocus(top.mark, top.box)) top.focus();
  }
}
