// What the page says by itself: quiet announcements for screen readers, notices for everyone, failures in plain words.

import { h } from "./dom.js";

const polite = document.querySelector("#polite");
const tray = document.querySelector("#notices");

/** Read out when the reader pauses. Said anew even if the words are the same. */
export function announce(text) {
  polite.append(h("p", {}, text));
  while (polite.childNodes.length > 3) polite.firstChild.remove();
}

function show(text, role, seconds) {
  const gone = () => note.remove();
  const note = h(
    "div",
    { class: `notice ${role}`, role },
    h("p", {}, text),
    h("button", { type: "button", class: "quiet", onclick: gone }, "Dismiss"),
  );
  tray.replaceChildren(note);
  if (seconds) setTimeout(gone, seconds * 1000);
}

export const notice = (text) => show(text, "status", 10);
export const failure = (text) => show(text, "alert", 0);
