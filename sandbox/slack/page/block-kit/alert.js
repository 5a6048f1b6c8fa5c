import { h } from '../core/dom.js';
import { textObject } from '../text/mrkdwn.js';

const LEVELS = ['default', 'info', 'warning', 'error', 'success'];

/** @param {import('../core/types.js').Block} block @param {import('../core/surface.js').Surface} surface */
export function alertBlock(block, surface) {
  const level = LEVELS.includes(block.level) ? block.level : 'default';
  return h(
    'div',
    { role: 'note', 'data-level': level, class: 'alert' },
    textObject(surface.store, block.text),
  );
}
