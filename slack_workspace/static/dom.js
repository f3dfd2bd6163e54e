// Small helpers to build the page's nodes. Data only ever becomes text nodes and attributes, never markup.

let count = 0;

/** A fresh id for linking a label, a hint or an error to its control. */
export const uid = (prefix = "n") => `${prefix}-${++count}`;

/** Build an element: h("button", {class: "x", onclick: f}, "text", node, [more]). null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text for eyes that are not looking: read out, not shown. */
export const unseen = (text) => h("span", { class: "unseen" }, text);

/** Make `parent` hold exactly `nodes`, in order, moving and removing as little as possible. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/** Where the focus is, in words that survive a redraw: the block and action it belongs to. */
export function focusMark(within = document.body) {
  const node = document.activeElement;
  if (!node || node === document.body || !within.contains(node)) return null;
  const holder = node.closest("[data-action-id]");
  return {
    node,
    action: holder?.dataset.actionId,
    block: node.closest("[data-block-id]")?.dataset.blockId,
    message: node.closest("[data-ts]")?.dataset.ts,
    start: node.selectionStart ?? null,
    end: node.selectionEnd ?? null,
  };
}

/** Put the focus back where `mark` says. False if that place has gone. */
export function restoreFocus(mark, within = document.body) {
  if (!mark) return false;
  if (mark.node.isConnected && within.contains(mark.node)) {
    if (document.activeElement !== mark.node) mark.node.focus({ preventScroll: true });
    return document.activeElement === mark.node;
  }
  if (!mark.action) return false;
  const scope = mark.message ? within.querySelector(`[data-ts="${CSS.escape(mark.message)}"]`) : within;
  const action = `[data-action-id="${CSS.escape(mark.action)}"]`;
  const block = mark.block ? `[data-block-id="${CSS.escape(mark.block)}"] ` : "";
  const holder = scope?.querySelector(block + action);
  const target = holder?.matches(FOCUSABLE) ? holder : holder?.querySelector(FOCUSABLE);
  if (!target) return false;
  target.focus({ preventScroll: true });
  if (mark.start !== null && typeof target.setSelectionRange === "function" && target.selectionStart !== null) {
    target.setSelectionRange(mark.start, mark.end);
  }
  return true;
}

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), select:not([disabled]), ' +
  'textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** The controls inside `node` that Tab would visit, in order. */
export const tabStops = (node) => [...node.querySelectorAll(FOCUSABLE)].filter((stop) => stop.getClientRects().length);
