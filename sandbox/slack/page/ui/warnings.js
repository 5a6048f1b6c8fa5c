import { h, uid } from '../core/dom.js';

/**
 * What Slack accepts and a good app avoids, as the simulator noticed it.
 * @param {import('../core/store.js').Store} store
 */
export function warnings(store) {
  const listId = uid('warnings');
  const list = h('ul', { class: 'warnings', id: listId, hidden: true });
  const toggle = h('button', {
    type: 'button',
    class: 'side-item',
    'aria-expanded': 'false',
    'aria-controls': listId,
  });
  toggle.addEventListener('click', () => {
    const open = list.hidden;
    list.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
  });
  const node = h('div', { hidden: true }, toggle, list);
  return {
    node,
    redraw() {
      const all = store.state.warnings ?? [];
      node.hidden = all.length === 0;
      toggle.textContent = `${all.length} ${all.length === 1 ? 'warning' : 'warnings'} about the app's calls`;
      list.replaceChildren(...all.slice(-20).map((one) => h('li', null, one.message)));
    },
  };
}
