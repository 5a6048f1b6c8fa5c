import { isDeepStrictEqual } from 'node:util';
import { isRecord, objectsIn } from '../block-kit/walk.ts';
import type { Core } from '../core.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

export type ElementState = JsonObject;
export type Values = Record<string, Record<string, ElementState>>;

/** Finds an interactive element, at any depth, by the ids of its block and its own. */
export function findElement(blocks: unknown, blockId: string, actionId: string): JsonObject | undefined {
  for (const { value: block } of objectsIn(blocks)) {
    if (block.block_id !== blockId) continue;
    for (const { value } of objectsIn(block)) {
      if (value.action_id === actionId && isObject(value)) return value;
    }
  }
  return undefined;
}

/** Which fields of state an element has, with the field that holds its first value. */
const STATEFUL: Record<string, readonly [field: string, initial: string]> = {
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  plain_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  file_input: ['files', 'initial_files'],
};

/** The field of an element's state that holds its value; undefined for buttons and the like. */
export function stateField(type: unknown): string | undefined {
  return STATEFUL[String(type)]?.[0];
}

/** The state of all elements that have one: what was entered, else what they start with. */
export function stateValues(blocks: unknown, entered: Values = {}): Values {
  const values: Values = {};
  for (const { value: block } of objectsIn(blocks)) {
    const { block_id } = block;
    if (typeof block_id !== 'string') continue;
    for (const { value: element } of objectsIn(block)) {
      const [field, initial] = STATEFUL[String(element.type)] ?? [];
      if (field === undefined || initial === undefined || typeof element.action_id !== 'string') continue;
      const isList = field.endsWith('s') && field !== 'files';
      const start = (element[initial] as Json | undefined) ?? (isList ? [] : null);
      const state = { type: String(element.type), [field]: start, ...entered[block_id]?.[element.action_id] };
      values[block_id] = { ...values[block_id], [element.action_id]: state };
    }
  }
  return values;
}

/** Slack's own check of a modal before it is submitted: what must be filled in, by block id. */
export function missingInputs(blocks: readonly Json[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (!isObject(block) || block.type !== 'input' || block.optional === true) continue;
    const { element, block_id } = block;
    if (!isObject(element) || typeof block_id !== 'string') continue;
    const state = values[block_id]?.[String(element.action_id)];
    const value = state?.[stateField(element.type) ?? 'value'];
    const isEmpty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty) errors[block_id] = 'Please complete this required field.';
  }
  return errors;
}

const CARRIED = [
  'text',
  'placeholder',
  'confirm',
  'style',
  'url',
  'value',
  'icon',
  'min_query_length',
] as const;

/** What a user did with an element, as the page reports it. */
export interface Chosen {
  value?: string;
  selected_option?: JsonObject | string;
  selected_options?: (JsonObject | string)[];
  [field: string]: unknown;
}

/**
 * The entry of `actions` for what a user did with an element. An option may be given by its value alone.
 * Undefined when the element has no such option.
 */
export function actionOf(
  core: Core,
  element: JsonObject,
  blockId: string,
  chosen: Chosen,
): JsonObject | undefined {
  const action: JsonObject = {
    type: element.type ?? '',
    action_id: element.action_id ?? '',
    block_id: blockId,
    action_ts: core.ids.ts(),
  };
  for (const field of CARRIED) {
    const value = element[field];
    if (value !== undefined) action[field] = value;
  }
  if (element.type === 'feedback_buttons') {
    const pressed = [element.positive_button, element.negative_button].find(
      (button) => isObject(button) && button.value === chosen.value,
    );
    if (!isObject(pressed)) return undefined;
    return { ...action, value: pressed.value ?? '', text: pressed.text ?? null };
  }
  const field = element.type === 'overflow' ? 'selected_option' : stateField(element.type);
  if (field === undefined) return action;
  const value = chosen[field] ?? (field === 'value' ? null : undefined);
  if (field === 'selected_option') {
    if (value === null) return { ...action, selected_option: null };
    const option = knownOption(element, value);
    return option && { ...action, selected_option: option };
  }
  if (field === 'selected_options') {
    const options = (Array.isArray(value) ? value : []).map((one) => knownOption(element, one));
    return options.every((option) => option !== undefined)
      ? { ...action, selected_options: options }
      : undefined;
  }
  return { ...action, [field]: (value as Json | undefined) ?? null };
}

/** External selects take their options from the app, so any well-formed one is accepted there. */
function knownOption(element: JsonObject, given: unknown): JsonObject | undefined {
  if (String(element.type).endsWith('external_select')) return isObject(given) ? given : undefined;
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const options = [element.options, ...groups.filter(isObject).map((group) => group.options)].flatMap(
    (list) => (Array.isArray(list) ? list.filter(isObject) : []),
  );
  if (typeof given === 'string') return options.find((option) => option.value === given);
  return options.find(
    (option) => isDeepStrictEqual(option, given) || (isRecord(given) && option.value === given.value),
  );
}
