// A surface is one drawn set of blocks: a message, the Home tab or a modal. It knows what has been filled in,
// keeps that across redraws, and sends presses.

import { drawBlocks } from "./blocks.js";
import { keyOf } from "./state.js";

export class Surface {
  fields = new Map();

  /**
   * `where` is {view} or {channel, ts}. `shell` is the page's: {texts, press(body), suggest(body), confirm(dialog, node)}.
   * A lasting surface (a modal) keeps what was typed as long as block and action stay; any other only while the
   * element itself is unchanged, so that a redrawn Home shows what the app now proposes.
   */
  constructor(where, shell, { lasting = false } = {}) {
    this.where = where;
    this.shell = shell;
    this.lasting = lasting;
  }

  /** The blocks as nodes. `values` is what the workspace holds: {block_id: {action_id: state}}. */
  draw(blocks, values) {
    const before = this.fields;
    this.fields = new Map();
    const recall = (block, element) => {
      const field = before.get(keyOf(block, element));
      if (!field || (!this.lasting && JSON.stringify(field.element) !== JSON.stringify(element))) return null;
      return field.read();
    };
    const act = (block, element, state, node) => this.#act(block, element, state, node);
    const suggest = (block, element, typed) => this.#suggest(block, element, typed);
    return drawBlocks(blocks, { ...this.shell.texts(), fields: this.fields, values, recall, act, suggest });
  }

  /** What is filled in, as Slack's state.values. */
  state() {
    const values = {};
    for (const { block, element, read } of this.fields.values()) {
      values[block.block_id] = { ...values[block.block_id], [element.action_id]: read() };
    }
    return values;
  }

  /** What the app offers in a select of its own when this is typed into it. */
  async #suggest(block, element, typed) {
    const answer = await this.shell.suggest({ where: this.where, block_id: block.block_id, action_id: element.action_id, value: typed });
    return answer.ok ? answer.options : [];
  }

  /** Press or change an element. False when it was not done: refused in its dialog, already under way, or failed. */
  async #act(block, element, value, node) {
    if (node.getAttribute("aria-busy") === "true") return false;
    if (element.confirm && !(await this.shell.confirm(element.confirm))) return false;
    node.setAttribute("aria-busy", "true");
    try {
      const answer = await this.shell.press({
        where: this.where,
        block_id: block.block_id,
        action_id: element.action_id,
        value,
        state: this.state(),
      });
      return answer.ok;
    } finally {
      node.removeAttribute("aria-busy");
    }
  }
}
