// The app's Home tab. Drawn again only when its view has changed; what was filled in and the focus stay.

import { focusMark, h, restoreFocus } from "./dom.js";
import { announce } from "./notices.js";
import { Surface } from "./surface.js";

export class Home {
  #seen = null;
  #surface = null;

  constructor(shell) {
    this.shell = shell;
    this.blocks = h("div", { class: "home" });
    this.node = h("div", { class: "scroller" }, this.blocks);
  }

  render(view) {
    const texts = this.shell.texts();
    const seen = JSON.stringify([view?.id, view?.blocks]);
    const day = seen.includes("_pretty}") ? texts.now().toDateString() : "";
    if (seen + day === this.#seen) return;
    this.#seen = seen + day;
    const first = this.#surface === null;
    const mark = focusMark(this.blocks);
    if (this.#surface?.where.view !== view?.id) this.#surface = view ? new Surface({ view: view.id }, this.shell) : null;
    this.blocks.replaceChildren(
      ...(view ? this.#surface.draw(view.blocks, view.state?.values) : [h("p", { class: "empty" }, "The app has not drawn its Home yet.")]),
    );
    if (mark && !restoreFocus(mark, this.blocks)) document.querySelector("#main").focus({ preventScroll: true });
    if (!first) announce("Home was updated.");
  }
}
