import { s } from '../core/dom.js';

/** Line icons of the page itself, on a 20 by 20 grid. @type {Record<string, string>} */
const PATHS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M12 4 6 10l6 6',
  menu: 'M3 5h14M3 10h14M3 15h14',
  dots: 'M10 4.5v.01M10 10v.01M10 15.5v.01',
  reply: 'M4 4h12v9H9l-4 3.5V13H4z',
  send: 'M3 10 17 3.5 13.5 17 9.5 11.5zM9.5 11.5 17 3.5',
  bolt: 'M11.5 2 4.5 11.5h4.7L8.5 18l7-9.5h-4.7z',
  at: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm0 0v1.3a2 2 0 0 0 4 0V10a7 7 0 1 0-3 5.7',
  slash: 'M12.5 4 7.5 16M3 3h14v14H3z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12Z',
  auto: 'M10 3a7 7 0 1 0 0 14ZM10 3a7 7 0 0 1 0 14',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5 6.3 17h7.4l.8-11.5M8.4 8.5v5.5M11.6 8.5v5.5',
  thumbUp:
    'M7 9.5 10 3c1.6 0 2.2 1.2 1.8 2.8L11.2 8.5h4.3c1.2 0 1.8.9 1.5 2l-1.2 5c-.3.9-.9 1.5-1.9 1.5H7ZM3.5 9.5H7V17H3.5z',
  thumbDown:
    'M7 10.5 10 17c1.6 0 2.2-1.2 1.8-2.8l-.6-2.7h4.3c1.2 0 1.8-.9 1.5-2l-1.2-5C15.500 3.600 14.900 3 13.900 3H7ZM3.500 10.500H7V3H3.500z',
  eye: 'M1.500 10S4.500 4.500 10 4.500 18.500 10 18.500 10 15.500 15.500 10 15.500 1.500 10 1.500 10ZM12.500 10a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0Z',
  chevronDown: 'm5 7.500 5 5 5-5',
  chevronRight: 'm7.500 5 5 5-5 5',
  check: 'm4 10.500 4 4 8-9',
  file: 'M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5.500M7.500 13h5.500',
  home: 'M3 9.500 10 3.500l7 6M5 8.500V17h10V8.500',
  expand: 'M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6',
  play: 'M6 4v12l10-6z',
  sort: 'M7 4v12M7 4 4 7M7 4l3 3M13 16V4M13 16l-3-3M13 16l3-3',
  people:
    'M8 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.500 17a5.500 5.500 0 0 1 11 0M13 4.200a3 3 0 0 1 0 5.600M15 12.500a5.500 5.500 0 0 1 2.500 4.500',
};

/** @param {keyof typeof PATHS | string} name */
export function icon(name) {
  return s(
    'svg',
    { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' },
    s('path', {
      d: PATHS[name] ?? '',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': name === 'dots' ? 2.6 : 1.6,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );
}
