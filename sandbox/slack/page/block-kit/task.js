import { h } from '../core/dom.js';
import { withEmoji } from '../text/emoji.js';
import { link } from '../text/entities.js';
import { richParts } from './rich-text.js';

/**
 * plan and task_card: steps of a run, each with its state in words as well as in a sign.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** @type {Record<string, string>} */
const STATES = { pending: 'Pending', in_progress: 'In progress', complete: 'Complete', error: 'Failed' };

/** @param {Block} block @param {Surface} surface */
export function taskCard(block, surface) {
  const state = STATES[block.status] ? block.status : 'pending';
  const inside = [block.details, block.output].filter(Boolean).map((one) => richParts(one, surface.store));
  const sources = /** @type {Block[]} */ (block.sources ?? []);
  const head = [
    h('span', { class: 'task-sign', 'data-state': state, role: 'img', 'aria-label': STATES[state] }),
    h('span', { class: 'task-title' }, withEmoji(block.title ?? '')),
  ];
  if (inside.length === 0 && sources.length === 0)
    return h('div', { class: 'task' }, h('div', { class: 'task-head' }, head));
  return h(
    'details',
    { class: 'task', open: state === 'in_progress' || state === 'error' },
    h('summary', { class: 'task-head' }, head),
    h(
      'div',
      { class: 'task-body' },
      inside,
      sources.map((one) => h('div', null, link(one.url ?? '', one.text ?? one.url ?? ''))),
    ),
  );
}

/** @param {Block} block @param {Surface} surface */
export function plan(block, surface) {
  const tasks = /** @type {Block[]} */ (block.tasks ?? []);
  const done = tasks.filter((task) => task.status === 'complete').length;
  return h(
    'div',
    { role: 'group', 'aria-label': block.title },
    h(
      'div',
      { class: 'plan-head' },
      h('strong', null, withEmoji(block.title ?? '')),
      h('span', null, `${done} of ${tasks.length}`),
    ),
    tasks.map((task) => taskCard(task, surface)),
  );
}
