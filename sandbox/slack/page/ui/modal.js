import { renderBlocks } from '../block-kit/index.js';
import { showError } from '../block-kit/input.js';
import { post } from '../core/api.js';
import { h, restoreFocus, uid, withFocusKept } from '../core/dom.js';
import { createSurface, forgetValues, valuesOf } from '../core/surface.js';
import { reason } from '../elements/act.js';
import { textObject } from '../text/mrkdwn.js';
import { openDialog } from './dialog.js';
import { icon } from './icons.js';
import { problems } from './modal-check.js';

/**
 * Modals: the top view of the reader's stack, as a dialog.
 * @typedef {import('../core/types.js').View} View
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {View} view */
const containerOf = (view) => /** @type {const} */ ({ type: 'view', view_id: view.id });

/** Values of the blocks that stand in the view now. @param {View} view */
function valuesIn(view) {
  const ids = new Set(view.blocks.map((block) => block.block_id));
  return Object.fromEntries(Object.entries(valuesOf(containerOf(view))).filter(([id]) => ids.has(id)));
}

/** @param {HTMLElement} panel @param {Record<string, string>} errors by block id */
function showErrors(panel, errors) {
  let first = null;
  for (const node of panel.querySelectorAll('[data-input]')) {
    const text = errors[node.getAttribute('data-input') ?? ''] ?? '';
    showError(node, text);
    if (text !== '') first ??= node.querySelector('input, textarea');
  }
  if (first instanceof HTMLElement) first.focus();
}

/** @param {Store} store @param {View} view @param {HTMLElement} panel */
async function submit(store, view, panel) {
  const submitButton = panel.querySelector('[type=submit]');
  const failure = panel.querySelector('.modal-failure');
  if (submitButton?.getAttribute('aria-busy') === 'true') return;
  if (failure) failure.textContent = '';
  const values = valuesIn(view);
  const missing = problems(view, values);
  showErrors(panel, missing);
  if (Object.keys(missing).length > 0) return;
  submitButton?.setAttribute('aria-busy', 'true');
  const answer = await post('submit', { user: store.ui.user, view_id: view.id, values });
  submitButton?.removeAttribute('aria-busy');
  if (answer.response_action === 'errors') showErrors(panel, answer.errors ?? {});
  else if (answer.ok === false && failure) failure.textContent = reason(answer.error);
}

/** @param {Store} store @param {View} view @param {boolean} cleared the whole stack goes, as by the cross */
const close = (store, view, cleared) =>
  void post('close', { user: store.ui.user, view_id: view.id, cleared });

/** @param {Store} store @param {View} view @param {boolean} pushed */
function panelOf(store, view, pushed) {
  const titleId = uid('modal');
  const surface = createSurface(store, 'modal', containerOf(view));
  const back = () => close(store, view, false);
  const everything = () => close(store, view, true);
  const panel = h(
    'form',
    {
      class: 'modal',
      role: 'dialog',
      'aria-modal': 'true',
      'aria-labelledby': titleId,
      novalidate: true,
      'data-view': view.id,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit(store, view, panel);
      },
    },
    h(
      'header',
      { class: 'modal-head' },
      pushed &&
        h('button', { type: 'button', class: 'tool', 'aria-label': 'Back', onclick: back }, icon('back')),
      h('h2', { id: titleId }, textObject(store, view.title)),
      h(
        'button',
        { type: 'button', class: 'tool', 'aria-label': 'Close', onclick: everything },
        icon('close'),
      ),
    ),
    h(
      'div',
      { class: 'modal-body' },
      h('div', { class: 'modal-failure', role: 'alert' }),
      renderBlocks(view.blocks, surface),
    ),
    h(
      'footer',
      { class: 'modal-foot' },
      h(
        'button',
        { type: 'button', class: 'button', onclick: back },
        view.close ? textObject(store, view.close) : 'Cancel',
      ),
      view.submit &&
        h('button', { type: 'submit', class: 'button button-primary' }, textObject(store, view.submit)),
    ),
  );
  return panel;
}

/** @param {Store} store */
export function modals(store) {
  /** @type {{ view: View, panel: HTMLElement, dialog: ReturnType<typeof openDialog> } | null} */
  let open = null;
  return {
    redraw() {
      const views = store.views();
      const top = views.at(-1);
      if (open?.view === top) return;
      if (open && !views.some((view) => view.id === open?.view.id)) forgetValues(containerOf(open.view));
      if (!top) {
        open?.dialog.close();
        open = null;
        return;
      }
      const panel = panelOf(store, top, views.length > 1);
      if (open && open.view.id === top.id) {
        const scrolled = open.panel.querySelector('.modal-body')?.scrollTop ?? 0;
        const old = open.panel;
        withFocusKept(old, panel, () => old.replaceWith(panel));
        panel.setAttribute('tabindex', '-1');
        const body = panel.querySelector('.modal-body');
        if (body) body.scrollTop = scrolled;
        restoreFocus(panel);
        if (!panel.contains(document.activeElement)) panel.focus();
        open = { view: top, panel, dialog: open.dialog };
        return;
      }
      open?.dialog.close();
      const closeTop = () => close(store, top, false);
      open = { view: top, panel, dialog: openDialog(panel, { escape: closeTop }) };
    },
  };
}
