// The state of a form's elements, in Slack's own shapes.

/** element type → [the state's key, the element's key for the initial value, what nothing looks like] */
const SHAPES = {
  plain_text_input: ["value", "initial_value", null],
  email_text_input: ["value", "initial_value", null],
  url_text_input: ["value", "initial_value", null],
  number_input: ["value", "initial_value", null],
  static_select: ["selected_option", "initial_option", null],
  external_select: ["selected_option", "initial_option", null],
  multi_external_select: ["selected_options", "initial_options", []],
  radio_buttons: ["selected_option", "initial_option", null],
  checkboxes: ["selected_options", "initial_options", []],
  multi_static_select: ["selected_options", "initial_options", []],
  datepicker: ["selected_date", "initial_date", null],
  timepicker: ["selected_time", "initial_time", null],
  datetimepicker: ["selected_date_time", "initial_date_time", null],
  users_select: ["selected_user", "initial_user", null],
  multi_users_select: ["selected_users", "initial_users", []],
  channels_select: ["selected_channel", "initial_channel", null],
  conversations_select: ["selected_conversation", "initial_conversation", null],
  multi_channels_select: ["selected_channels", "initial_channels", []],
  multi_conversations_select: ["selected_conversations", "initial_conversations", []],
  file_input: ["files", "", []],
};

export const keyOf = (block, element) => `${block.block_id}\n${element.action_id}`;

/** The state of `element` holding `value`. */
export const stateOf = (element, value) => ({ type: element.type, [SHAPES[element.type][0]]: value });

/** Every option of an element, those in groups too. */
export const optionsOf = (element) =>
  element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

function stillThere(element, value) {
  if (!element.options && !element.option_groups) return value;
  const values = new Set(optionsOf(element).map((option) => option.value));
  if (Array.isArray(value)) return value.filter((option) => values.has(option.value));
  return value && values.has(value.value) ? value : null;
}

/**
 * What an element starts with: what the person had put there before a redraw, else what the workspace holds,
 * else what the app proposes.
 */
export function startValue(element, block, ctx) {
  const [key, initial, nothing] = SHAPES[element.type];
  const kept = ctx.recall?.(block, element);
  const known = ctx.values?.[block.block_id]?.[element.action_id];
  for (const state of [kept, known]) {
    if (state?.type === element.type && key in state) return stillThere(element, state[key]) ?? nothing;
  }
  return stillThere(element, element[initial] ?? nothing) ?? nothing;
}
