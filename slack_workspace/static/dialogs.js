// What every dialog here shares: it covers the page, holds the focus, and gives it back.

import { h, tabStops, uid } from "./dom.js";
import { phrase, plain } from "./mrkdwn.js";

/** Tab goes round inside `node`; `escape` is what Escape does. */
export function holdFocus(node, escape) {
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      escape();
    }
    if (event.key !== "Tab") return;
    const stops = tabStops(node);
    const first = stops[0] ?? node;
    const last = stops.at(-1) ?? node;
    const at = document.activeElement;
    if (event.shiftKey && (at === first || at === node)) last.focus();
    else if (!event.shiftKey && at === last) first.focus();
    else return;
    event.preventDefault();
  });
}

/** Slack's confirmation dialog. Resolves to true for the confirming button, false for anything else. */
export function confirmation(layer, dialog, texts) {
  return new Promise((resolve) => {
    const covered = [...document.querySelectorAll("#app, #layer > *")].filter((node) => !node.inert);
    const back = document.activeElement;
    const ids = { title: uid("title"), text: uid("text") };
    const done = (yes) => {
      box.remove();
      for (const node of covered) node.inert = false;
      back?.focus?.({ preventScroll: true });
      resolve(yes);
    };
    const style = dialog.style === "danger" ? "danger" : "primary";
    const deny = h("button", { type: "button", class: "button", onclick: () => done(false) }, plain(dialog.deny) || "Cancel");
    const box = h(
      "div",
      { class: "shade" },
      h(
        "div",
        { class: "modal confirm", role: "alertdialog", "aria-modal": "true", tabindex: "-1", "aria-labelledby": ids.title, "aria-describedby": ids.text },
        h("h2", { id: ids.title }, plain(dialog.title)),
        h("p", { id: ids.text }, phrase(dialog.text, texts)),
        h(
          "div",
          { class: "foot" },
          deny,
          h("button", { type: "button", class: `button ${style}`, onclick: () => done(true) }, plain(dialog.confirm) || "OK"),
        ),
      ),
    );
    holdFocus(box, () => done(false));
    for (const node of covered) node.inert = true;
    layer.append(box);
    deny.focus();
  });
}
