import { h } from '../core/dom.js';
import { icon } from './icons.js';

const KEY = 'theme';

/** @type {Record<string, { next: string, icon: string, label: string }>} */
const THEMES = {
  auto: { next: 'light', icon: 'auto', label: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', label: 'Theme: light' },
  dark: { next: 'auto', icon: 'moon', label: 'Theme: dark' },
};

/** @param {string} theme */
function use(theme) {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

/** Goes round system, light and dark; the choice is kept in the browser. */
export function themeSwitch() {
  let theme = localStorage.getItem(KEY) ?? 'auto';
  if (!THEMES[theme]) theme = 'auto';
  const button = h('button', { type: 'button', class: 'tool tool-on-dark' });
  function show() {
    const look = THEMES[theme];
    use(theme);
    button.setAttribute('aria-label', look?.label ?? '');
    button.title = look?.label ?? '';
    button.replaceChildren(icon(look?.icon ?? ''));
  }
  button.addEventListener('click', () => {
    theme = THEMES[theme]?.next ?? 'auto';
    localStorage.setItem(KEY, theme);
    show();
  });
  show();
  return button;
}
