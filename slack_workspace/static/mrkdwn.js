// Slack's mrkdwn as nodes. Whatever is not a known mark stays the text it is; nothing is ever parsed as HTML.
// `ctx` is what the marks need to know: {zone, now: Date, me, nameOf(user id), channelOf(channel id)}.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { fillDate } from "./times.js";

const MARKS = { "*": "strong", "_": "em", "~": "s" };

/** What may stand between < and > to be a mark: a mention, a date, a link. Anything else is text. */
const ANGLE = /^(@[UW]|#C|!|https?:|mailto:|tel:)/i;

/** Slack escapes exactly these three. */
const unescape = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

/** A link, if it is one a person may safely follow; otherwise only its text. */
export function link(url, label) {
  if (!/^(https?:|mailto:)/i.test(url)) return h("span", {}, label ?? url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url.replace(/^mailto:/i, ""));
}

export function person(id, ctx, label) {
  const name = ctx.nameOf(id) ?? label ?? id;
  return h("span", { class: id === ctx.me ? "mention mine" : "mention" }, `@${name}`);
}

export const channel = (id, ctx, label) => h("span", { class: "mention" }, `#${ctx.channelOf(id) ?? label ?? id}`);

/** A moment in the person's zone, with the machine's form for readers of the markup. */
export function moment(pattern, seconds, ctx, url) {
  const shown = fillDate(pattern, seconds, ctx.zone, ctx.now());
  const node = h("time", { datetime: new Date(seconds * 1000).toISOString() }, shown);
  return url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, node) : node;
}

function angle(inner, ctx) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : withEmoji(unescape(inner.slice(bar + 1)));
  if (/^@[UW]/.test(target)) return person(target.slice(1), ctx, label);
  if (/^#C/.test(target)) return channel(target.slice(1), ctx, label);
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, url] = target.split("^");
    if (!/^-?\d+$/.test(seconds) || !pattern) return label ?? "";
    return moment(unescape(pattern), Number(seconds), ctx, /^https?:/i.test(url ?? "") ? unescape(url) : null);
  }
  if (target.startsWith("!")) {
    const word = label ?? target.slice(1).split("^")[0];
    return h("span", { class: "mention" }, word.startsWith("@") ? word : `@${word}`);
  }
  return link(unescape(target), label);
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where the mark opened at `start` closes, or -1. A mark hugs its words and does not cross a line. */
function closing(text, start) {
  const mark = text[start];
  if (isWord(text[start - 1]) || text[start + 1] === undefined || /\s/.test(text[start + 1])) return -1;
  for (let i = start + 1; i < text.length && text[i] !== "\n"; i += 1) {
    if (text[i] === "<") {
      const end = text.indexOf(">", i);
      if (end > 0) i = end;
    } else if (text[i] === mark && i > start + 1 && !/\s/.test(text[i - 1]) && !isWord(text[i + 1])) return i;
  }
  return -1;
}

/** The marks within one stretch of text. */
export function inline(text, ctx) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(withEmoji(unescape(plain)));
    plain = "";
  };
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    let end = -1;
    if (character === "<" && (end = text.indexOf(">", i)) > 0 && ANGLE.test(text.slice(i + 1, end))) {
      flush();
      nodes.push(angle(text.slice(i + 1, end), ctx));
    } else if (character === "`" && (end = text.indexOf("`", i + 1)) > i + 1 && !text.slice(i, end).includes("\n")) {
      flush();
      nodes.push(h("code", {}, unescape(text.slice(i + 1, end))));
    } else if (character in MARKS && (end = closing(text, i)) > 0) {
      flush();
      nodes.push(h(MARKS[character], {}, inline(text.slice(i + 1, end), ctx)));
    } else {
      plain += character;
      continue;
    }
    i = end;
  }
  flush();
  return nodes;
}

const LINES = [
  ["quote", /^(?:&gt;|>) ?(.*)$/],
  ["ul", /^\s*[•◦–-] +(.+)$/],
  ["ol", /^\s*\d+[.)] +(.+)$/],
];

function sort(line) {
  for (const [kind, pattern] of LINES) {
    const match = pattern.exec(line);
    if (match) return { kind, text: match[1], number: parseInt(line, 10) };
  }
  return { kind: "p", text: line };
}

function group(lines, ctx) {
  const { kind } = lines[0];
  if (kind === "ul" || kind === "ol") {
    const start = kind === "ol" && lines[0].number !== 1 ? lines[0].number : null;
    return h(kind, { start }, lines.map((line) => h("li", {}, inline(line.text, ctx))));
  }
  const text = lines.map((line) => line.text).join("\n");
  if (kind === "quote") return h("blockquote", {}, inline(text, ctx));
  return text.trim() ? h("p", {}, inline(text.replace(/^\n+|\n+$/g, ""), ctx)) : null;
}

/** A whole mrkdwn text as block nodes: paragraphs, quotes, lists, preformatted stretches. */
export function mrkdwn(text, ctx) {
  const nodes = [];
  text.split(/```/).forEach((part, index, parts) => {
    if (index % 2 === 1 && index < parts.length - 1) {
      nodes.push(h("pre", { tabindex: "0" }, unescape(part.replace(/^\n|\n$/g, ""))));
      return;
    }
    const rest = index % 2 === 1 ? `\`\`\`${part}` : part;
    let lines = [];
    for (const line of rest.split("\n").map(sort)) {
      if (lines.length && lines[0].kind !== line.kind) {
        nodes.push(group(lines, ctx));
        lines = [];
      }
      lines.push(line);
    }
    if (lines.length) nodes.push(group(lines, ctx));
  });
  return nodes.filter(Boolean);
}

/** What a text object says, as a string: for names, labels and buttons. */
export const plain = (object) => withEmoji(unescape((typeof object === "string" ? object : object?.text) ?? ""));

/** A text object (plain_text or mrkdwn) as nodes. */
export function words(object, ctx) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, ctx);
  return [h("p", {}, object.emoji === false ? unescape(object.text) : plain(object))];
}

/** A text object for a place that takes no paragraphs: an option's or a label's words. */
export const phrase = (object, ctx) => (object?.type === "mrkdwn" ? inline(object.text, ctx) : plain(object));
