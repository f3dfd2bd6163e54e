// The first page: who to be.

import { h } from "./dom.js";

const TINTS = 6;

/** Initials on a tint that stays the same for the same name. */
export function avatar(name, { initials, bot = false } = {}) {
  const letters = initials ?? name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();
  const tint = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % TINTS;
  return h("span", { class: `avatar ${bot ? "bot" : `tint-${tint}`}`, "aria-hidden": "true" }, letters);
}

/** "Mentor · Leeds" belongs under "Mentor"; a handful of people needs no headings. */
function grouped(people) {
  const groups = new Map();
  for (const person of people) {
    const role = (person.title ?? "").split(" · ")[0] || "Others";
    groups.set(role, [...(groups.get(role) ?? []), person]);
  }
  return people.length > 6 && groups.size > 1 && groups.size < people.length ? [...groups] : [["", people]];
}

const plural = (role) => (/^\p{L}*[^s\P{L}]$/u.test(role) ? `${role}s` : role);

function card(person, heading) {
  const title = heading && person.title?.startsWith(`${heading} · `) ? person.title.slice(heading.length + 3) : person.title;
  return h(
    "li",
    {},
    h(
      "a",
      { class: "person", href: `#${encodeURIComponent(person.id)}`, "data-person": person.id },
      avatar(person.name, person),
      h("span", { class: "who" }, h("span", { class: "name" }, person.name), title && h("span", { class: "title" }, title)),
    ),
  );
}

function welcomeNote(welcome) {
  if (!welcome) return null;
  return h(
    "section",
    { class: "welcome", "aria-labelledby": "welcome" },
    h("h2", { id: "welcome" }, welcome.title),
    welcome.text && h("p", {}, welcome.text),
    welcome.steps?.length ? h("ol", {}, welcome.steps.map((step) => h("li", {}, step))) : null,
  );
}

/** Who else to be, in one go. */
export function chooser(people, me) {
  const option = (person) => h("option", { value: person.id }, [person.name, person.title].filter(Boolean).join(" – "));
  return h(
    "select",
    {
      class: "switch",
      "aria-label": "Be someone else",
      onchange: (event) => event.currentTarget.value && (location.hash = encodeURIComponent(event.currentTarget.value)),
    },
    h("option", { value: "" }, "Be someone else"),
    people.filter(({ id }) => id !== me).map(option),
  );
}

/** What a visitor may try, to be opened while they play, and the way back to the first page. */
export function steps(welcome) {
  const everybody = h("a", { class: "tour", href: "#" }, "Everybody");
  if (!welcome?.steps?.length) return [everybody];
  const list = h("ol", {}, welcome.steps.map((step) => h("li", {}, step)));
  return [h("details", { class: "tour" }, h("summary", {}, "What to try"), list), everybody];
}

/** The page on which a visitor picks a person. */
export function peoplePage({ people, welcome }) {
  return h(
    "div",
    { class: "pick" },
    welcomeNote(welcome),
    h("h2", {}, "Who would you like to be?"),
    h("p", { class: "note" }, "Open a second tab to be someone else at the same time."),
    grouped(people).map(([role, members]) => [
      role ? h("h3", {}, plural(role)) : null,
      h("ul", { class: "people" }, members.map((person) => card(person, role))),
    ]),
  );
}
