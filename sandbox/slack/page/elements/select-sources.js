import { textObject } from '../text/mrkdwn.js';

/**
 * Where the rows of each kind of select menu come from, and how a choice is written into Slack's state.
 * @typedef {import('../core/surface.js').Place} Place
 * @typedef {import('../core/types.js').BlockElement} Element
 * @typedef {import('../core/types.js').Option} Option
 * @typedef {import('../core/types.js').OptionGroup} OptionGroup
 * @typedef {{ id: string, text: string, option: Option, group?: string }} Choice
 */

const TYPING_PAUSE_MS = 150;

/** @param {Option[] | undefined} options @param {OptionGroup[] | undefined} groups @returns {Choice[]} */
export function choices(options, groups) {
  const flat = (options ?? []).map((option) => ({
    id: option.value ?? option.text.text,
    text: option.text.text,
    option,
  }));
  const grouped = (groups ?? []).flatMap((group) =>
    choices(group.options, undefined).map((choice) => ({ ...choice, group: group.label.text })),
  );
  return [...flat, ...grouped];
}

/** @param {string} id @param {string} name @returns {Choice} */
const named = (id, name) => ({
  id,
  text: name,
  option: { text: { type: 'plain_text', text: name }, value: id },
});

/** @param {Choice[]} all @param {string} query */
const matching = (all, query) =>
  all.filter((choice) => choice.text.toLowerCase().includes(query.toLowerCase()));

/** @param {Element} element @param {Place} place */
function external(element, place) {
  // Slack asks for three characters where the element does not say otherwise.
  const least = element.min_query_length ?? 3;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {string} query */
  return async (query) => {
    clearTimeout(timer);
    if (query.length < least)
      return { note: `Type at least ${least} character${least === 1 ? '' : 's'} to search` };
    await new Promise((resolve) => {
      timer = setTimeout(resolve, TYPING_PAUSE_MS);
    });
    const answer = await place.surface.options(place.blockId, element.action_id ?? '', query);
    if (answer.ok === false) return { note: 'Results could not be loaded' };
    return choices(answer.options, answer.option_groups);
  };
}

/**
 * @param {Element} element
 * @param {Place} place
 * @returns {(query: string) => Promise<Choice[] | { note: string }> | Choice[]}
 */
export function source(element, place) {
  const { store } = place.surface;
  const kind = element.type.replace('multi_', '');
  if (kind === 'external_select') return external(element, place);
  if (kind === 'users_select') {
    const all = store.state.users.map((user) => named(user.id, user.real_name || user.name));
    return (query) => matching(all, query);
  }
  if (kind === 'channels_select' || kind === 'conversations_select') {
    const all = store.state.channels.map((channel) => named(channel.id, `#${channel.name}`));
    return (query) => matching(all, query);
  }
  const all = choices(element.options, element.option_groups);
  return (query) => matching(all, query);
}

/** Slack's names of the id-valued selects. @type {Record<string, string>} */
const FIELDS = { users_select: 'user', channels_select: 'channel', conversations_select: 'conversation' };

/** The field of the state in which a choice stands. @param {Element} element */
export function field(element) {
  const kind = element.type.replace('multi_', '');
  const multi = element.type.startsWith('multi_');
  const name = FIELDS[kind] ?? 'option';
  return {
    name: `selected_${name}${multi ? 's' : ''}`,
    initial: `initial_${name}${multi ? 's' : ''}`,
    ids: kind in FIELDS,
    multi,
  };
}

/** @param {Element} element @param {Choice[]} chosen */
export function stateOf(element, chosen) {
  const { name, ids, multi } = field(element);
  const values = chosen.map((choice) => (ids ? choice.id : choice.option));
  return { [name]: multi ? values : (values[0] ?? null) };
}

/** @param {Element} element @param {Place} place @param {Record<string, any>} state @returns {Choice[]} */
export function chosenIn(element, place, state) {
  const { name, ids } = field(element);
  const values = [state[name] ?? []].flat();
  if (!ids) return choices(values, undefined);
  const { store } = place.surface;
  return values.map((id) => {
    const channel = store.channel(id);
    return named(id, channel ? `#${channel.name}` : (store.user(id)?.real_name ?? id));
  });
}

/** @param {Place} place @param {Choice} choice */
export const row = (place, choice) => ({
  id: choice.id,
  label: () => textObject(place.surface.store, choice.option.text),
  ...(choice.option.description
    ? { detail: () => textObject(place.surface.store, choice.option.description) }
    : {}),
  ...(choice.group ? { group: choice.group } : {}),
});
