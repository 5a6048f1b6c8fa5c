import { renderBlocks } from '../block-kit/index.js';
import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { createSurface } from '../core/surface.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';

/**
 * The app's own page: its Home view where it has published one, and what it offers.
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {Store} store */
function about(store) {
  const { app } = store.state;
  return h(
    'div',
    { class: 'about' },
    h('h3', null, 'Commands'),
    h(
      'dl',
      null,
      app.commands.map((one) => [
        h('dt', null, h('code', null, `${one.command} ${one.usage_hint ?? ''}`.trim())),
        h('dd', null, one.description ?? ''),
      ]),
    ),
    app.shortcuts.length > 0 && [
      h('h3', null, 'Shortcuts'),
      h(
        'dl',
        null,
        app.shortcuts.map((one) => [
          h('dt', null, one.name),
          h('dd', null, one.description ?? (one.type === 'message' ? 'On a message' : '')),
        ]),
      ),
    ],
  );
}

/** @param {Store} store */
export function homePane(store) {
  const body = h('div', { class: 'scroller home-body', role: 'tabpanel', tabindex: 0 });
  let tab = 'home';
  let openFor = '';
  /** @type {unknown} */
  let drawn = null;
  /** @param {string} name @param {string} text */
  const tabButton = (name, text) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        'data-tab': name,
        onclick: () => {
          tab = name;
          redraw();
        },
      },
      text,
    );
  const tabs = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': store.state.app.name },
    tabButton('home', 'Home'),
    tabButton('about', 'About'),
  );
  const node = h(
    'main',
    { class: 'pane pane-home', hidden: true },
    h(
      'header',
      { class: 'pane-head' },
      h(
        'button',
        {
          type: 'button',
          class: 'tool drawer-button',
          'aria-label': 'Open sidebar',
          onclick: () => store.show({ drawer: true }),
        },
        icon('menu'),
      ),
      avatar(store, store.state.app.botUserId, 'medium'),
      h('h1', { class: 'pane-title' }, store.state.app.name),
    ),
    tabs,
    body,
  );
  function redraw() {
    node.hidden = !store.ui.home;
    if (!store.ui.home) {
      openFor = '';
      return;
    }
    if (openFor !== store.ui.user) {
      openFor = store.ui.user;
      // Slack tells the app each time somebody opens its Home, so that it can publish a fresh one.
      void post('home', { user: store.ui.user });
    }
    for (const one of tabs.children)
      one.setAttribute('aria-selected', String(one.getAttribute('data-tab') === tab));
    const view = store.state.homes[store.ui.user];
    const version = tab === 'about' ? 'about' : (view ?? store.ui.user);
    if (version === drawn) return;
    drawn = version;
    if (tab === 'about') body.replaceChildren(about(store));
    else if (view)
      body.replaceChildren(
        renderBlocks(view.blocks, createSurface(store, 'home', { type: 'view', view_id: view.id })),
      );
    else
      body.replaceChildren(
        h('p', { class: 'empty' }, `${store.state.app.name} has nothing on its Home yet.`),
      );
  }
  return { node, redraw };
}
