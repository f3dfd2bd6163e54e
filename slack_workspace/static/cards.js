// Alerts, cards and what holds them. `draw` are the helpers of blocks.js: altBox, placed(block, element, ctx) and
// block(block, ctx).

import { h } from "./dom.js";
import { phrase, plain, words } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const LEVELS = { info: "Note", warning: "Warning", error: "Error", success: "Done" };

const alert = (block, ctx) =>
  h("div", { class: `callout ${block.level ?? "default"}`, role: "note" },
    LEVELS[block.level] && h("strong", {}, `${LEVELS[block.level]}: `), phrase(block.text, ctx));

const card = (draw) => (block, ctx) =>
  h(
    "article",
    { class: "card" },
    block.hero_image && draw.altBox(block.hero_image),
    block.icon && draw.altBox(block.icon, true),
    block.title && h("h4", {}, phrase(block.title, ctx)),
    block.subtitle && h("p", { class: "note" }, phrase(block.subtitle, ctx)),
    block.body && words(block.body, ctx),
    block.subtext && h("p", { class: "note" }, phrase(block.subtext, ctx)),
    block.actions && h("div", { class: "actions" }, block.actions.map((element) => draw.placed(block, element, ctx))),
  );

const carousel = (draw) => (block, ctx) =>
  h("div", { class: "carousel", role: "region", "aria-label": "Cards", tabindex: "0" }, block.elements.map((inner) => draw.block(inner, ctx)));

const container = (draw) => (block, ctx) => {
  const title = block.rich_text_title ? richText(block.rich_text_title, ctx) : plain(block.title);
  const subtitle = block.subtitle && h("p", { class: "note" }, phrase(block.subtitle, ctx));
  const inside = block.child_blocks.map((inner) => draw.block(inner, ctx));
  const head = [block.icon && draw.altBox(block.icon, true), h("strong", {}, title)];
  if (!block.is_collapsible) return h("section", { class: "container" }, h("div", {}, head), subtitle, inside);
  return h("details", { class: "container", open: !block.default_collapsed }, h("summary", {}, head), subtitle, inside);
};

export const cardDrawers = (draw) => ({ alert, card: card(draw), carousel: carousel(draw), container: container(draw) });
