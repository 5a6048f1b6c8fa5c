/**
 * What Slack's own client refuses before it asks the app.
 * @typedef {import('../core/types.js').View} View
 * @typedef {import('../core/types.js').Values} Values
 */

/** @param {Record<string, any> | undefined} state the only field beside the type holds what was filled in */
function filledIn(state) {
  const { type: _, ...fields } = state ?? {};
  return Object.values(fields)[0];
}

/** @param {unknown} value */
const isEmpty = (value) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** @param {Record<string, any>} element @param {string} value */
function wrongNumber(element, value) {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return element.is_decimal_allowed ? 'Enter a number.' : 'Enter a whole number.';
  if (element.min_value !== undefined && Number(value) < Number(element.min_value))
    return `Enter at least ${element.min_value}.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value))
    return `Enter at most ${element.max_value}.`;
  return '';
}

/** @param {Record<string, any>} element @param {unknown} value @returns {string} empty when nothing is wrong */
function wrong(element, value) {
  if (typeof value !== 'string') return '';
  if (element.min_length && value.length < element.min_length)
    return `Enter at least ${element.min_length} characters.`;
  if (element.type === 'number_input') return wrongNumber(element, value);
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Enter an e-mail address.';
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Enter a full URL.';
  return '';
}

/**
 * @param {View} view
 * @param {Values} values
 * @returns {Record<string, string>} by block id
 */
export function problems(view, values) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !block.block_id) continue;
    const value = filledIn(values[block.block_id]?.[block.element?.action_id]);
    if (isEmpty(value)) {
      if (!block.optional) found[block.block_id] = 'Please complete this required field.';
      continue;
    }
    const text = wrong(block.element, value);
    if (text) found[block.block_id] = text;
  }
  return found;
}
