import { setState } from '../core/surface.js';
import { toast } from '../ui/toast.js';
import { confirmFirst } from './confirm.js';

/**
 * Sends an element's action and keeps the element busy until the simulator has the app's answer.
 * @typedef {import('../core/surface.js').Place} Place
 */

/** Slack's own wording depends on the client; the error's name is what a developer needs. @type {Record<string, string>} */
const REASONS = {
  operation_timeout: 'The app did not answer within three seconds.',
  dispatch_failed: 'The app is not connected.',
  no_connection: 'The workspace simulator cannot be reached.',
};

/** @param {string | undefined} error */
export const reason = (error) =>
  REASONS[error ?? ''] ?? `The app answered with an error: ${error ?? 'unknown'}.`;

/** What the workspace also tells the reader in the channel, as Slackbot. */
const TOLD = ['operation_timeout', 'dispatch_failed'];

/**
 * Says that the app failed, unless the reader sees it in the channel already.
 * @param {import('../core/types.js').Answer} answer
 * @param {boolean} channelShown
 */
export function complain(answer, channelShown) {
  if (answer.ok !== false) return;
  if (!channelShown || !TOLD.includes(answer.error ?? '')) toast(reason(answer.error));
}

/**
 * @param {Place} place
 * @param {HTMLElement} node shown as busy meanwhile
 * @param {import('../core/types.js').BlockElement} element
 * @param {Record<string, unknown>} detail
 * @returns {Promise<boolean>} whether it was sent and answered; false also when the reader declined
 */
export async function act(place, node, element, detail) {
  if (node.getAttribute('aria-busy') === 'true') return false;
  if (element.confirm && !(await confirmFirst(place.surface.store, element.confirm, node))) return false;
  node.setAttribute('aria-busy', 'true');
  const answer = await place.surface.act(place.blockId, element.action_id ?? '', detail);
  node.removeAttribute('aria-busy');
  const { container, store } = place.surface;
  complain(answer, container.type === 'message' && store.ui.thread === null);
  return answer.ok !== false;
}

/**
 * A new state: kept for the submit, and sent at once where the block asks for it.
 * @param {Place} place
 * @param {HTMLElement} node
 * @param {import('../core/types.js').BlockElement} element
 * @param {Record<string, unknown>} state without the type
 */
export async function change(place, node, element, state) {
  setState(place, element.action_id ?? '', { type: element.type, ...state });
  node.dispatchEvent(new CustomEvent('inputchange', { bubbles: true }));
  if (!place.dispatch) return true;
  return act(place, node, element, state);
}

/** Attributes by which a redraw finds the element again. @param {Place} place @param {import('../core/types.js').BlockElement} element */
export function marks(place, element) {
  return { 'data-block-id': place.blockId, 'data-action-id': element.action_id ?? '' };
}

/** How assistive software names the control. @param {Place} place @param {string} fallback */
export function naming(place, fallback) {
  return {
    'aria-labelledby': place.labelId,
    'aria-label': place.labelId ? undefined : fallback,
    'aria-describedby': place.describedBy,
  };
}
