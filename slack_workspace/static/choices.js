// Elements that offer several things at once: checkboxes, radio buttons, multi-selects and the overflow menu.

import { arrange, h, tabStops, uid, unseen } from "./dom.js";
import { phrase, plain } from "./mrkdwn.js";
import { optionsOf, startValue, stateOf } from "./state.js";

function optionRow(type, option, checked, name, ctx) {
  const note = option.description ? uid("note") : null;
  const box = h("input", { type, name, checked, "aria-describedby": note });
  return {
    box,
    row: h(
      "div",
      { class: "option" },
      h("label", {}, box, h("span", {}, phrase(option.text, ctx))),
      note && h("p", { class: "note", id: note }, phrase(option.description, ctx)),
    ),
  };
}

const toggles = (type, telling) => (element, place, ctx) => {
  const many = type === "checkbox";
  const name = uid("choice");
  const start = startValue(element, place.block, ctx);
  const chosen = new Set((many ? start : start ? [start] : []).map((option) => option.value));
  const rows = element.options.map((option) => optionRow(type, option, chosen.has(option.value), name, ctx));
  const read = () => {
    const picked = element.options.filter((_, i) => rows[i].box.checked);
    return stateOf(element, many ? picked : (picked[0] ?? null));
  };
  const write = (state) => {
    const values = new Set((many ? state.selected_options : [state.selected_option]).map((option) => option?.value));
    rows.forEach(({ box }, i) => (box.checked = values.has(element.options[i].value)));
  };
  const node = h("div", { role: many ? "group" : "radiogroup", class: "choices", ...place.name }, rows.map(({ row }) => row));
  node.addEventListener("change", telling(place, element, ctx, node, read, write));
  return { node, read };
};

/** What may be picked in a multi-select: [{value, label, note, group, state}]. */
function offered(element, ctx) {
  const things = { multi_users_select: ctx.people, multi_channels_select: ctx.channels, multi_conversations_select: ctx.channels }[element.type];
  if (things) return things().map(({ id, name }) => ({ value: id, label: name, state: id }));
  const groups = new Map((element.option_groups ?? []).flatMap((g) => g.options.map((o) => [o, plain(g.label)])));
  return optionsOf(element).map((option) => ({
    value: option.value,
    label: plain(option.text),
    note: plain(option.description),
    group: groups.get(option),
    state: option,
  }));
}

/** A multi-select: the chosen as tags, and a button that opens a list of checkboxes which can be narrowed by typing. */
const multiSelect = (telling) => (element, place, ctx) => {
  const items = offered(element, ctx);
  const most = element.max_selected_items ?? Infinity;
  const chosen = new Set(startValue(element, place.block, ctx).map((picked) => picked.value ?? picked));
  const panelId = uid("panel");
  const tags = h("ul", { class: "tags", "aria-label": "Chosen" });
  const say = h("span", {});
  const toggle = h("button", { type: "button", class: "opener", "aria-expanded": "false", "aria-controls": panelId }, say);
  const filter = h("input", { type: "search", placeholder: "Type to narrow", "aria-label": "Narrow the list", hidden: items.length < 9 });
  const limit = h("p", { class: "note", hidden: true }, `Up to ${most} can be chosen.`);
  const rows = items.map((item, i) => {
    const { box, row } = optionRow("checkbox", { text: { text: item.label }, description: null }, chosen.has(item.value), null, ctx);
    if (item.note) row.append(h("p", { class: "note" }, item.note));
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(item.value);
      else chosen.delete(item.value);
      show();
    });
    const heading = item.group && item.group !== items[i - 1]?.group ? h("p", { class: "group" }, item.group) : null;
    return { item, box, row, heading };
  });
  const panel = h("div", { id: panelId, class: "panel", hidden: true }, filter, limit, rows.map(({ heading, row }) => [heading, row]));
  const node = h("div", { class: "multi", role: "group", ...place.name }, tags, toggle, panel);
  const read = () => stateOf(element, items.filter((item) => chosen.has(item.value)).map((item) => item.state));

  function show() {
    const picked = items.filter((item) => chosen.has(item.value));
    say.textContent = picked.length ? "Change" : plain(element.placeholder) || "Choose…";
    if (picked.length) say.append(unseen(` (${picked.length} chosen)`));
    tags.hidden = picked.length === 0;
    const remove = (item) => {
      chosen.delete(item.value);
      show();
      toggle.focus();
      if (panel.hidden) tell();
    };
    tags.replaceChildren(
      ...picked.map((item) =>
        h("li", {}, item.label, h("button", { type: "button", "aria-label": `Remove ${item.label}`, onclick: () => remove(item) }, "×")),
      ),
    );
    const full = chosen.size >= most;
    limit.hidden = !full;
    for (const { item, box } of rows) {
      box.checked = chosen.has(item.value);
      box.disabled = full && !box.checked;
    }
  }
  const tell = telling(place, element, ctx, node, read, (state) => {
    chosen.clear();
    const [, picks] = Object.entries(state).find(([key]) => key !== "type");
    for (const picked of picks) chosen.add(picked.value ?? picked);
    show();
  });
  function open(yes) {
    if (panel.hidden === !yes) return;
    panel.hidden = !yes;
    toggle.setAttribute("aria-expanded", String(yes));
    if (!yes) tell();
    else {
      panel.scrollIntoView({ block: "nearest" });
      tabStops(panel)[0]?.focus({ preventScroll: true });
    }
  }
  toggle.addEventListener("click", () => open(panel.hidden));
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const { item, row, heading } of rows) {
      row.hidden = !item.label.toLowerCase().includes(wanted);
      if (heading) heading.hidden = wanted !== "";
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
    toggle.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) open(false);
  });
  show();
  return { node, read };
};

function overflow(element, place, ctx) {
  const menu = h("div", { role: "menu", class: "menu", hidden: true, "aria-label": "More actions" });
  const opener = h("button", {
    type: "button", class: "button more", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": element.accessibility_label ?? "More actions",
  }, "⋯");
  const node = h("div", { class: "overflow" }, opener, menu);
  const entries = element.options.map((option) =>
    h("button", {
      type: "button", role: "menuitem", tabindex: "-1",
      onclick: () => {
        open(false);
        opener.focus();
        if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
        ctx.act(place.block, element, { type: "overflow", selected_option: option }, opener);
      },
    }, plain(option.text), option.description && h("span", { class: "note" }, plain(option.description))),
  );
  arrange(menu, entries);
  function open(yes) {
    menu.hidden = !yes;
    opener.setAttribute("aria-expanded", String(yes));
    if (yes) entries[0].focus();
  }
  opener.addEventListener("click", () => open(menu.hidden));
  node.addEventListener("focusout", (event) => node.contains(event.relatedTarget) || open(false));
  node.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === "Escape" && !menu.hidden) {
      event.stopPropagation();
      open(false);
      opener.focus();
    } else if (next !== undefined) {
      event.preventDefault();
      if (menu.hidden) open(true);
      else entries[(next + entries.length) % entries.length].focus();
    }
  });
  return { node };
}

export const choiceDrawers = (telling) => ({
  checkboxes: toggles("checkbox", telling),
  radio_buttons: toggles("radio", telling),
  multi_static_select: multiSelect(telling),
  multi_users_select: multiSelect(telling),
  multi_channels_select: multiSelect(telling),
  multi_conversations_select: multiSelect(telling),
  overflow,
});
