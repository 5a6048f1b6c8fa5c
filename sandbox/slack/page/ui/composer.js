import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { complain } from '../elements/act.js';
import { completionList } from './completion-list.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { send } from './send.js';

/**
 * The field at the foot of a channel or a thread.
 * @typedef {import('../core/store.js').Store} Store
 */

const TALLEST_PX = 200;

/** @param {Store} store @param {string} callbackId */
async function runGlobal(store, callbackId) {
  const answer = await post('shortcut', { user: store.ui.user, callback_id: callbackId });
  complain(answer, false);
}

/**
 * @param {Store} store
 * @param {{ label: () => string, thread: () => string | null }} where
 */
export function composer(store, where) {
  const area = /** @type {HTMLTextAreaElement} */ (
    h('textarea', {
      class: 'composer-text',
      rows: 1,
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
    })
  );
  const completion = completionList(store, area);
  const sendButton = h(
    'button',
    { type: 'submit', class: 'composer-send', 'aria-label': 'Send', title: 'Send', disabled: true },
    icon('send'),
  );
  let lastSent = '';

  function grow() {
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, TALLEST_PX)}px`;
    sendButton.toggleAttribute('disabled', area.value.trim() === '');
  }

  /** @param {string} text */
  function write(text) {
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async function submit() {
    const text = area.value.trim();
    if (text === '') return;
    lastSent = text;
    area.value = '';
    completion.close();
    grow();
    if (!(await send(store, text, where.thread())) && area.value === '') {
      area.value = text;
      grow();
    }
  }

  area.addEventListener('input', grow);
  area.addEventListener('keydown', (event) => {
    if (event.isComposing || completion.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'ArrowUp' && area.value === '' && lastSent !== '') {
      event.preventDefault();
      write(lastSent);
      completion.close();
    }
  });

  const { app } = store.state;
  const globals = app.shortcuts.filter((one) => one.type === 'global');
  const bolt = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': 'Shortcuts',
      title: 'Shortcuts',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      onclick: () =>
        openMenu(
          bolt,
          'Shortcuts',
          [
            { heading: app.name },
            ...globals.map((one) => ({
              label: one.name,
              detail: one.description,
              pick: () => void runGlobal(store, one.callback_id),
            })),
            ...app.commands.map((one) => ({
              label: one.command,
              detail: one.description,
              pick: () => write(`${one.command} `),
            })),
          ],
          { above: true },
        ),
    },
    icon('bolt'),
  );
  const form = h(
    'form',
    {
      class: 'composer',
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void submit();
      },
    },
    completion.node,
    area,
    h(
      'div',
      { class: 'composer-tools' },
      bolt,
      h(
        'button',
        {
          type: 'button',
          class: 'tool',
          'aria-label': 'Run a command',
          title: 'Run a command',
          onclick: () => write('/'),
        },
        icon('slash'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'tool',
          'aria-label': 'Mention someone',
          title: 'Mention someone',
          onclick: () => write(`${area.value}${/\S$/.test(area.value) ? ' ' : ''}@`),
        },
        icon('at'),
      ),
      h('span', { class: 'composer-space' }),
      sendButton,
    ),
  );
  return {
    node: form,
    focus: () => area.focus(),
    redraw() {
      area.placeholder = where.label();
      area.setAttribute('aria-label', where.label());
    },
    clear() {
      area.value = '';
      completion.close();
      grow();
    },
  };
}
