// Buttons, selects and boxes. Each drawer takes (element, place, ctx) and returns {node, read}: read() gives the
// element's state in Slack's shape; `control`, where it is one box, carries the action's id. `place` is {block, name: attributes that name the control, fires: bool}.

import { choiceDrawers } from "./choices.js";
import { externalSelect } from "./external.js";
import { fileInput } from "./files.js";
import { h } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { keyOf, optionsOf, startValue, stateOf } from "./state.js";
import { fromLocal, place as town, toLocal } from "./times.js";

function button(element, place, ctx) {
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label ?? null,
      onclick: () => {
        if (/^https?:/i.test(element.url ?? "")) window.open(element.url, "_blank", "noopener");
        ctx.act(place.block, element, { type: "button", value: element.value ?? null }, node);
      },
    },
    plain(element.text),
  );
  return { node };
}

/** Tell the app of a change at once, where the block asks for that; `undo` puts back what was there. */
function telling(place, element, ctx, node, read, write) {
  let last = read();
  return async () => {
    if (!place.fires) return;
    const state = read();
    if (JSON.stringify(state) === JSON.stringify(last)) return;
    if (await ctx.act(place.block, element, state, node)) last = state;
    else write?.(last);
  };
}

/** Arrow keys walk through a closed select one change at a time: wait until the walking is over. */
function patient(node, fire) {
  let walking = false;
  let timer = 0;
  node.addEventListener("keydown", () => (walking = true));
  node.addEventListener("pointerdown", () => (walking = false));
  node.addEventListener("blur", () => {
    clearTimeout(timer);
    fire();
  });
  node.addEventListener("change", () => {
    clearTimeout(timer);
    if (walking) timer = setTimeout(fire, 700);
    else fire();
  });
}

/** A native select over [{value, label, note}] in groups; good with keys, screen readers and thumbs alike. */
function picker(element, place, ctx, groups, { toState, fromState }) {
  const all = groups.flatMap((group) => group.items);
  const start = fromState(startValue(element, place.block, ctx));
  const draw = (item) => h("option", { value: item.value }, item.label);
  const note = h("p", { class: "note" });
  const select = h(
    "select",
    { ...place.name },
    h("option", { value: "" }, plain(element.placeholder) || "Choose…"),
    groups.map((group) => (group.label ? h("optgroup", { label: group.label }, group.items.map(draw)) : group.items.map(draw))),
  );
  select.value = all.some((item) => item.value === start) ? start : "";
  const explain = () => (note.textContent = all.find((item) => item.value === select.value)?.note ?? "");
  explain();
  const read = () => stateOf(element, select.value === "" ? null : toState(select.value));
  const node = h("div", { class: "picker" }, select, note);
  select.addEventListener("change", explain);
  patient(select, telling(place, element, ctx, select, read, (state) => {
    select.value = fromState(state[Object.keys(state).find((key) => key !== "type")]) ?? "";
    explain();
  }));
  return { node, read, control: select };
}

function staticSelect(element, place, ctx) {
  const options = optionsOf(element);
  const item = (option) => ({ value: option.value, label: plain(option.text), note: plain(option.description) });
  const groups = element.option_groups
    ? element.option_groups.map((group) => ({ label: plain(group.label), items: group.options.map(item) }))
    : [{ items: options.map(item) }];
  return picker(element, place, ctx, groups, {
    toState: (value) => options.find((option) => option.value === value),
    fromState: (option) => option?.value,
  });
}

const same = { toState: (id) => id, fromState: (id) => id };
const listed = (things) => [{ items: things.map(({ id, name }) => ({ value: id, label: name })) }];
const usersSelect = (element, place, ctx) => picker(element, place, ctx, listed(ctx.people()), same);
const channelsSelect = (element, place, ctx) => picker(element, place, ctx, listed(ctx.channels()), same);

const KINDS = { email_text_input: "email", url_text_input: "url" };

function counter(box, element) {
  if (!element.max_length) return null;
  const node = h("p", { class: "note counter" });
  const show = () => {
    const left = element.max_length - [...box.value].length;
    node.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    node.hidden = left > Math.max(20, element.max_length / 5);
    node.classList.toggle("over", left < 0);
  };
  box.addEventListener("input", show);
  show();
  return node;
}

function textBox(element, place, ctx) {
  const number = element.type === "number_input";
  const attributes = {
    ...place.name,
    placeholder: plain(element.placeholder) || null,
    inputmode: number ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    value: startValue(element, place.block, ctx) ?? "",
    autocomplete: "off",
  };
  const box = element.multiline
    ? h("textarea", { rows: 4, ...attributes })
    : h("input", { type: KINDS[element.type] ?? "text", ...attributes });
  // A box of type e-mail or web address trims by itself; numbers and addresses never mean their outer spaces.
  const read = () => {
    const text = element.type === "plain_text_input" ? box.value : box.value.trim();
    return stateOf(element, text === "" ? null : text);
  };
  const fire = telling(place, element, ctx, box, read);
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = 0;
  if (place.fires && when.includes("on_enter_pressed")) {
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      fire();
    });
  }
  if (place.fires && when.includes("on_character_entered")) {
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(fire, 300);
    });
  }
  return { node: h("div", { class: "text" }, box, counter(box, element)), read, control: box };
}

/** Date and time boxes; `zone` names whose time it is, where that could be doubted. */
function timeBox(type, note, toBox, fromBox) {
  return (element, place, ctx) => {
    const box = h("input", { type, ...place.name, value: toBox(startValue(element, place.block, ctx), ctx) });
    const read = () => stateOf(element, box.value === "" ? null : fromBox(box.value, ctx));
    const fire = telling(place, element, ctx, box, read);
    box.addEventListener("change", fire);
    const text = note(element, ctx);
    return { node: h("div", { class: "time" }, box, text && h("p", { class: "note" }, text)), read, control: box };
  };
}

const DRAWERS = {
  button,
  static_select: staticSelect,
  external_select: externalSelect(telling),
  multi_external_select: externalSelect(telling),
  users_select: usersSelect,
  channels_select: channelsSelect,
  conversations_select: channelsSelect,
  plain_text_input: textBox,
  email_text_input: textBox,
  url_text_input: textBox,
  number_input: textBox,
  datepicker: timeBox("date", () => null, (value) => value ?? "", (value) => value),
  timepicker: timeBox(
    "time",
    (element) => (element.timezone ? `${town(element.timezone)} time` : null),
    (value) => value ?? "",
    (value) => value.slice(0, 5),
  ),
  datetimepicker: timeBox(
    "datetime-local",
    (_, ctx) => `${town(ctx.zone)} time`,
    (value, ctx) => (value ? toLocal(value, ctx.zone) : ""),
    (value, ctx) => fromLocal(value, ctx.zone),
  ),
  file_input: fileInput,
  ...choiceDrawers(telling),
};

/** Is this element one that stays beside its text, as Slack draws accessories? */
export const isWide = (element) => ["checkboxes", "radio_buttons"].includes(element.type);

/** Is the control one that a <label> can point at? Groups are named by aria-labelledby instead. */
export const isGroup = (element) =>
  ["checkboxes", "radio_buttons", "file_input"].includes(element.type) || element.type.startsWith("multi_");

/** An element as a node, entered in ctx.fields if it holds state. */
export function drawElement(element, place, ctx) {
  const draw = DRAWERS[element.type];
  if (!draw) return h("span", { class: "note" }, `(An element of type “${element.type}” is not drawn here.)`);
  const { node, read, control = node } = draw(element, place, ctx);
  control.dataset.actionId = element.action_id;
  if (read) ctx.fields.set(keyOf(place.block, element), { block: place.block, element, node, read });
  if (element.focus_on_load) control.dataset.first = "";
  return node;
}
