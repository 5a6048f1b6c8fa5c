import { post } from './api.js';

/**
 * The thing that blocks stand on: a message, a modal or the app's Home. It knows where clicks go and what was filled
 * in so far.
 * @typedef {import('./types.js').Answer} Answer
 * @typedef {import('./types.js').Container} Container
 * @typedef {import('./types.js').Values} Values
 * @typedef {import('./store.js').Store} Store
 */

/** Filled-in values by surface; they outlive a redraw, as in Slack, while block id and action id stay the same. */
const kept = new Map();

/** @param {Container} container */
const keyOf = (container) =>
  container.type === 'view' ? container.view_id : `${container.channel} ${container.ts}`;

/** @param {Container} container @returns {Values} */
export function valuesOf(container) {
  const key = keyOf(container);
  if (!kept.has(key)) kept.set(key, {});
  return kept.get(key);
}

/** @param {Container} container */
export const forgetValues = (container) => kept.delete(keyOf(container));

/**
 * @param {Store} store
 * @param {'message' | 'modal' | 'home'} kind
 * @param {Container} container
 */
export function createSurface(store, kind, container) {
  const values = valuesOf(container);
  return {
    store,
    kind,
    container,
    values,
    /**
     * @param {string} blockId
     * @param {string} actionId
     * @param {Record<string, unknown>} detail the element's new state, by Slack's own field names
     * @returns {Promise<Answer>}
     */
    act: (blockId, actionId, detail) =>
      post('action', {
        user: store.ui.user,
        container,
        block_id: blockId,
        action_id: actionId,
        ...detail,
        values,
      }),
    /** @param {string} blockId @param {string} actionId @param {string} value what was typed */
    options: (blockId, actionId, value) =>
      post('options', { user: store.ui.user, container, block_id: blockId, action_id: actionId, value }),
  };
}

/** @typedef {ReturnType<typeof createSurface>} Surface */

/**
 * Where an element stands.
 * @typedef {object} Place
 * @property {Surface} surface
 * @property {string} blockId
 * @property {boolean} dispatch whether a change is sent to the app at once; inputs usually wait for the submit
 * @property {string} [labelId] the visible label of an input block
 * @property {string} [describedBy] hint and error of an input block
 */

/** @param {Place} place @param {string} actionId */
export const stateAt = (place, actionId) => place.surface.values[place.blockId]?.[actionId];

/** @param {Place} place @param {string} actionId @param {Record<string, any>} state */
export function setState(place, actionId, state) {
  const block = place.surface.values[place.blockId] ?? {};
  place.surface.values[place.blockId] = { ...block, [actionId]: state };
}

/** The state so far, or the element's initial one. @param {Place} place @param {string} actionId @param {Record<string, any>} initial */
export function stateOr(place, actionId, initial) {
  const now = stateAt(place, actionId);
  if (now && now.type === initial.type) return now;
  setState(place, actionId, initial);
  return initial;
}
