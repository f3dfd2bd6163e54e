// On a narrow screen the side bar is a drawer: opened by the Menu button, closed by Escape, a choice, or a tap beside it.

import { tabStops } from "./dom.js";

export class Drawer {
  constructor(button, side, main) {
    this.button = button;
    this.side = side;
    this.main = main;
    button.addEventListener("click", () => (this.open ? this.close(true) : this.show()));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.open && this.close(true));
    document.addEventListener("pointerdown", (event) => {
      if (this.open && !side.contains(event.target) && !button.contains(event.target)) this.close();
    });
    side.addEventListener("click", (event) => event.target.closest("a") && this.close());
    side.addEventListener("focusout", (event) => event.relatedTarget && !side.contains(event.relatedTarget) && this.close());
    // Turned to landscape, the bar stands beside the page again and covers nothing.
    matchMedia("(min-width: 721px)").addEventListener("change", () => this.close());
  }

  get open() {
    return this.button.getAttribute("aria-expanded") === "true";
  }

  show() {
    this.button.setAttribute("aria-expanded", "true");
    this.side.classList.add("open");
    (this.side.querySelector("[aria-current]") ?? tabStops(this.side)[0])?.focus();
  }

  close(back = false) {
    if (!this.open) return;
    this.button.setAttribute("aria-expanded", "false");
    this.side.classList.remove("open");
    if (back) this.button.focus();
    else if (this.side.contains(document.activeElement)) this.main.focus({ preventScroll: true });
  }
}
