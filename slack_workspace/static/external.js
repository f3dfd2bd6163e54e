// Selects whose options the app gives: what is typed is sent to it, and what it offers is listed under the box.

import { h, uid } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { startValue, stateOf } from "./state.js";

const PAUSE = 250;

export const externalSelect = (telling) => (element, place, ctx) => {
  const many = element.type.startsWith("multi_");
  const start = startValue(element, place.block, ctx);
  let chosen = many ? [...start] : start ? [start] : [];
  let offered = [];
  let timer = 0;
  const listId = uid("offered");
  const list = h("datalist", { id: listId });
  const own = many ? { "aria-label": plain(element.placeholder) || "Type to find" } : place.name;
  const box = h("input", { type: "text", list: listId, autocomplete: "off", placeholder: plain(element.placeholder) || "Type to find", ...own });
  const tags = h("ul", { class: "tags", "aria-label": "Chosen", hidden: true });
  const node = h("div", many ? { class: "multi", role: "group", ...place.name } : { class: "text" }, many ? tags : null, box, list);
  const read = () => stateOf(element, many ? chosen : (chosen[0] ?? null));
  const tell = telling(place, element, ctx, node, read, (state) => {
    chosen = many ? [...state.selected_options] : state.selected_option ? [state.selected_option] : [];
    show();
  });

  function show() {
    if (!many) {
      box.value = plain(chosen[0]?.text);
      return;
    }
    tags.hidden = chosen.length === 0;
    const remove = (option) => {
      chosen = chosen.filter((other) => other !== option);
      show();
      box.focus();
      tell();
    };
    tags.replaceChildren(...chosen.map((option) => {
      const label = plain(option.text);
      return h("li", {}, label, h("button", { type: "button", "aria-label": `Remove ${label}`, onclick: () => remove(option) }, "×"));
    }));
  }

  async function find() {
    offered = await ctx.suggest(place.block, element, box.value);
    list.replaceChildren(...offered.map((option) => h("option", { value: plain(option.text) })));
  }

  function pick() {
    const option = offered.find((one) => plain(one.text) === box.value);
    if (!option && box.value !== "") return false;
    const room = chosen.length < (element.max_selected_items ?? Infinity);
    if (!many) chosen = option ? [option] : [];
    else if (option && room && !chosen.some(({ value }) => value === option.value)) chosen = [...chosen, option];
    if (many) box.value = "";
    show();
    tell();
    return true;
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (!offered.some((option) => plain(option.text) === box.value)) timer = setTimeout(find, PAUSE);
  });
  box.addEventListener("change", () => pick() || show());
  show();
  return { node, read, control: many ? node : box };
};
