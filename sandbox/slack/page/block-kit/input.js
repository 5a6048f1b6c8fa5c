import { h, uid } from '../core/dom.js';
import { renderElement } from '../elements/index.js';
import { textObject } from '../text/mrkdwn.js';

/**
 * input: a labelled element with hint and room for an error.
 * @param {import('../core/types.js').Block} block
 * @param {import('../core/surface.js').Surface} surface
 */
export function inputBlock(block, surface) {
  const labelId = uid('label');
  const hintId = uid('hint');
  const errorId = uid('error');
  const place = {
    surface,
    blockId: block.block_id ?? '',
    dispatch: block.dispatch_action === true,
    labelId,
    describedBy: `${block.hint ? `${hintId} ` : ''}${errorId}`,
  };
  const node = h(
    'div',
    { 'data-input': block.block_id ?? '' },
    h(
      'div',
      { class: 'input-label', id: labelId },
      textObject(surface.store, block.label),
      block.optional && h('span', { class: 'muted' }, ' (optional)'),
    ),
    renderElement(block.element ?? {}, place),
    h('div', { class: 'input-error', id: errorId, role: 'alert' }),
    block.hint && h('div', { class: 'input-hint', id: hintId }, textObject(surface.store, block.hint)),
  );
  node.querySelector('.input-label')?.addEventListener('click', () => {
    const control = node.querySelector('input, textarea');
    if (control instanceof HTMLElement) control.focus();
  });
  node.addEventListener('inputchange', () => showError(node, ''));
  return node;
}

/** @param {Element} node an input block @param {string} text empty clears it */
export function showError(node, text) {
  const error = node.querySelector('.input-error');
  if (error) error.textContent = text;
  node.classList.toggle('has-error', text !== '');
  for (const control of node.querySelectorAll('input, textarea')) {
    if (text === '') control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
  }
}
