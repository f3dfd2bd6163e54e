// Block Kit, drawn. `ctx` carries what texts need (see mrkdwn.js) and what elements need: fields (a Map to be filled),
// values and recall() (see state.js), people(), channels(), suggest(block, element, typed) → Promise<options>,
// act(block, element, state, node) → Promise<bool>.

import { cardDrawers } from "./cards.js";
import { dataDrawers } from "./data.js";
import { drawElement, isGroup, isWide } from "./elements.js";
import { h, uid } from "./dom.js";
import { inline, phrase, plain, words } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const boxed = (element, small) =>
  h("span", { class: small ? "picture small" : "picture", role: "img", "aria-label": element.alt_text }, element.alt_text);

/** A picture of this workspace's own people; of any other its words: nothing is fetched from elsewhere. */
function altBox(element, small) {
  const own = /^https?:\/\/[^/]+(\/pictures\/\w+\.svg)$/.exec(element.image_url ?? "");
  if (!own) return boxed(element, small);
  return h("img", { class: small ? "portrait small" : "portrait", src: own[1], alt: element.alt_text });
}

/** How a control outside an input block is named: by its own words, else by the text it stands beside. */
function nameOf(element, textId) {
  if (element.type === "button" || element.type === "overflow") return {};
  const own = element.accessibility_label ?? (isGroup(element) ? null : plain(element.placeholder));
  if (textId) return { "aria-labelledby": textId };
  return { "aria-label": own || "Choose" };
}

const placed = (block, element, ctx, textId) => drawElement(element, { block, name: nameOf(element, textId), fires: true }, ctx);

function section(block, ctx) {
  const textId = uid("text");
  const { accessory } = block;
  const side =
    accessory && (accessory.type === "image" ? altBox(accessory) : placed(block, accessory, ctx, block.text ? textId : null));
  const fields = (block.fields ?? []).map((field) => h("div", { class: "field" }, words(field, ctx)));
  return h(
    "div",
    { class: `section ${accessory ? (isWide(accessory) ? "below" : "beside") : ""}` },
    h(
      "div",
      { class: "said" },
      block.text && h("div", { id: textId }, words(block.text, ctx)),
      fields.length ? h("div", { class: "fields" }, fields) : null,
    ),
    side && h("div", { class: "side" }, side),
  );
}

function input(block, ctx) {
  const { element } = block;
  const ids = { label: uid("label"), hint: uid("hint"), error: uid("error"), box: uid("box") };
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const group = isGroup(element);
  const described = block.hint ? `${ids.error} ${ids.hint}` : ids.error;
  const name = {
    ...(group ? { "aria-labelledby": ids.label } : { id: ids.box }),
    "aria-describedby": described,
    "aria-required": group || block.optional ? null : "true",
  };
  const label = h(group ? "div" : "label", { class: "label", id: ids.label, for: group ? null : ids.box }, plain(block.label), optional);
  const control = drawElement(element, { block, name, fires: Boolean(block.dispatch_action) }, ctx);
  const error = h("p", { class: "error", id: ids.error, hidden: true });
  const hint = block.hint && h("p", { class: "hint", id: ids.hint }, plain(block.hint));
  return h("div", { class: "input" }, label, control, error, hint);
}

const DRAWERS = {
  header: (block) => h("h3", { class: "heading" }, plain(block.text)),
  section,
  divider: () => h("hr"),
  image: (block) =>
    h("figure", {}, block.title && h("figcaption", {}, plain(block.title)), altBox(block)),
  context: (block, ctx) =>
    h("div", { class: "context" }, block.elements.map((part) =>
      part.type === "image" ? altBox(part, true) : h("span", {}, phrase(part, ctx)))),
  actions: (block, ctx) => h("div", { class: "actions" }, block.elements.map((element) => placed(block, element, ctx))),
  input,
  rich_text: (block, ctx) => h("div", { class: "section" }, h("div", { class: "said" }, richText(block, ctx))),
  markdown: (block, ctx) => h("div", { class: "section" }, h("div", { class: "said" }, h("p", {}, inline(block.text, ctx)))),
  ...dataDrawers,
  ...cardDrawers({ altBox, placed, block: (block, ctx) => drawBlock(block, ctx) }),
};

/** One block as a node with data-block-id; a type that is not known says so. */
function drawBlock(block, ctx) {
  const draw = DRAWERS[block.type];
  const node = draw ? draw(block, ctx) : h("p", { class: "note" }, `(A block of type “${block.type}” is not drawn here.)`);
  node.classList.add("block");
  node.dataset.blockId = block.block_id;
  node.dataset.blockType = block.type;
  return node;
}

/** All blocks, in order. Slack fills in a block_id where the app gave none; so does this. */
export const drawBlocks = (blocks, ctx) =>
  (blocks ?? []).map((block, i) => drawBlock(block.block_id ? block : { ...block, block_id: `block-${i}` }, ctx));

/** Show `text` as the error at one input block, or clear it with null. */
export function showError(node, text) {
  const error = node.querySelector(":scope > .error");
  if (!error) return;
  error.hidden = !text;
  error.textContent = text ?? "";
  for (const control of node.querySelectorAll("[aria-describedby]")) {
    if (!control.getAttribute("aria-describedby").includes(error.id)) continue;
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}
