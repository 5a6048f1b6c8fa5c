import { h, uid } from '../core/dom.js';
import { textObject } from '../text/mrkdwn.js';
import { openDialog } from '../ui/dialog.js';

/**
 * The confirm object's dialog.
 * @param {import('../core/store.js').Store} store
 * @param {Record<string, any>} confirm
 * @param {HTMLElement} opener
 * @returns {Promise<boolean>}
 */
export function confirmFirst(store, confirm, opener) {
  return new Promise((resolve) => {
    const titleId = uid('confirm');
    const textId = uid('confirm-text');
    /** @param {boolean} yes */
    const answer = (yes) => {
      dialog.close();
      resolve(yes);
    };
    const style = confirm.style === 'danger' ? 'button button-danger' : 'button button-primary';
    const panel = h(
      'div',
      {
        class: 'modal modal-small',
        role: 'alertdialog',
        'aria-modal': 'true',
        'aria-labelledby': titleId,
        'aria-describedby': textId,
      },
      h(
        'header',
        { class: 'modal-head' },
        h('h2', { id: titleId }, confirm.title ? textObject(store, confirm.title) : 'Are you sure?'),
      ),
      h('div', { class: 'modal-body', id: textId }, textObject(store, confirm.text)),
      h(
        'footer',
        { class: 'modal-foot' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => answer(false) },
          confirm.deny ? textObject(store, confirm.deny) : 'Cancel',
        ),
        h(
          'button',
          { type: 'button', class: style, 'data-autofocus': true, onclick: () => answer(true) },
          confirm.confirm ? textObject(store, confirm.confirm) : 'Yes',
        ),
      ),
    );
    const dialog = openDialog(panel, { opener, escape: () => answer(false) });
  });
}
