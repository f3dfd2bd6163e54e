// rich_text blocks as nodes.

import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { channel, link, moment, person } from "./mrkdwn.js";

const STYLES = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]];

function emoji(piece) {
  if (!piece.unicode) return EMOJI[piece.name] ?? `:${piece.name}:`;
  return String.fromCodePoint(...piece.unicode.split("-").map((code) => parseInt(code, 16)));
}

const PIECES = {
  text: (piece) => piece.text,
  link: (piece) => link(piece.url, piece.text),
  emoji,
  user: (piece, ctx) => person(piece.user_id, ctx),
  channel: (piece, ctx) => channel(piece.channel_id, ctx),
  usergroup: (piece) => h("span", { class: "mention" }, `@${piece.usergroup_id}`),
  broadcast: (piece) => h("span", { class: "mention" }, `@${piece.range}`),
  color: (piece) => h("code", {}, piece.value),
  date: (piece, ctx) => moment(piece.format, piece.timestamp, ctx, /^https?:/i.test(piece.url ?? "") ? piece.url : null),
};

function pieces(elements, ctx) {
  return (elements ?? []).map((piece) => {
    const drawn = PIECES[piece.type]?.(piece, ctx) ?? piece.fallback ?? "";
    return STYLES.reduce((inner, [style, tag]) => (piece.style?.[style] ? h(tag, {}, inner) : inner), drawn);
  });
}

const PARTS = {
  rich_text_section: (part, ctx) => h("p", {}, pieces(part.elements, ctx)),
  rich_text_preformatted: (part, ctx) => h("pre", { tabindex: "0" }, pieces(part.elements, ctx)),
  rich_text_quote: (part, ctx) => h("blockquote", {}, pieces(part.elements, ctx)),
  rich_text_list: (part, ctx) =>
    h(
      part.style === "ordered" ? "ol" : "ul",
      { class: part.indent ? `indent-${Math.min(part.indent, 4)}` : null, start: part.offset ? part.offset + 1 : null },
      (part.elements ?? []).map((item) => h("li", {}, pieces(item.elements, ctx))),
    ),
};

/** Everything a rich_text block holds. */
export const richText = (block, ctx) => (block.elements ?? []).map((part) => PARTS[part.type]?.(part, ctx)).filter(Boolean);
