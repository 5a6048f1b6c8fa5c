import { h, s } from '../core/dom.js';
import { EMOJI } from './emoji-names.js';

/**
 * Status emoji are drawn here rather than left to the system's font: the verdict must look the same on a machine
 * without an emoji font, and a missing glyph would hide the one sign that a reader looks for first.
 */

/** @param {string} fill @param {string} edge */
const circle = (fill, edge) => () => [
  s('circle', { cx: 10, cy: 10, r: 8.6, fill, stroke: edge, 'stroke-width': 1 }),
  s('path', {
    d: 'M5.2 7.6a5.6 5.6 0 0 1 4.2-3',
    stroke: '#fff',
    'stroke-opacity': 0.45,
    'stroke-width': 1.4,
    fill: 'none',
    'stroke-linecap': 'round',
  }),
];

/** @param {string} d @param {Record<string, unknown>} [more] */
const line = (d, more) =>
  s('path', {
    d,
    fill: 'none',
    stroke: '#fff',
    'stroke-width': 2.2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });

/** @param {string} fill */
const tile = (fill) => s('rect', { x: 1.4, y: 1.4, width: 17.2, height: 17.2, rx: 3.6, fill });

/** @type {Record<string, () => SVGElement[]>} */
const DRAWN = {
  '🔴': circle('#e01e5a', '#b3154a'),
  '🟠': circle('#f2952f', '#c9731a'),
  '🟡': circle('#f3c73b', '#c99a12'),
  '🟢': circle('#2eb67d', '#1f8f60'),
  '🔵': circle('#2d8fdd', '#1f6cab'),
  '🟣': circle('#9b51c9', '#763b9c'),
  '⚪': circle('#eceef0', '#a9adb3'),
  '⚫': circle('#33373d', '#17191c'),
  '⚠️': () => [
    s('path', {
      d: 'M10 1.8 19 17.6a1 1 0 0 1-.9 1.4H1.9a1 1 0 0 1-.9-1.4L10 1.8Z',
      fill: '#f5c33b',
      stroke: '#c08a0c',
      'stroke-width': 0.8,
    }),
    s('path', { d: 'M10 7.4v5', stroke: '#2b2200', 'stroke-width': 2, 'stroke-linecap': 'round' }),
    s('circle', { cx: 10, cy: 15.6, r: 1.2, fill: '#2b2200' }),
  ],
  '✅': () => [tile('#2eb67d'), line('m5.2 10.4 3.3 3.4 6.4-7.2')],
  '✔️': () => [line('m3.6 10.8 4.2 4.4L16.4 5', { stroke: 'currentColor' })],
  '❌': () => [line('m4.4 4.4 11.2 11.2M15.6 4.4 4.4 15.6', { stroke: '#e01e5a', 'stroke-width': 3 })],
  '⛔': () => [
    s('circle', { cx: 10, cy: 10, r: 8.6, fill: '#d7263d' }),
    line('M5.4 10h9.2', { 'stroke-width': 3 }),
  ],
  '👀': () =>
    [5.6, 14.4].flatMap((x) => [
      s('ellipse', { cx: x, cy: 10, rx: 4, ry: 5.6, fill: '#fff', stroke: '#6d7178', 'stroke-width': 1 }),
      s('circle', { cx: x - 1.2, cy: 10.6, r: 2, fill: '#26292e' }),
    ]),
  '🔍': () => magnifier(7.6, 'M11.6 11.6 17 17'),
  '🔎': () => magnifier(7.6, 'M11.6 11.6 17 17'),
  '⏳': hourglass,
  '⌛': hourglass,
  '⚡': () => [
    s('path', {
      d: 'M11.6 1.4 3.8 11.4h5L7.8 18.6l8.4-10.4h-5.4l.8-6.8Z',
      fill: '#f3c02e',
      stroke: '#b98a08',
      'stroke-width': 0.7,
    }),
  ],
  '👍': () => [
    s('path', {
      d: 'M7 9 10 2.4c1.9 0 2.4 1.4 2 3L11.6 8H16c1.4 0 2.1 1 1.8 2.3l-1.3 5.5c-.3 1-1 1.7-2.1 1.7H7V9Zm-4 0h2.6v8.5H3V9Z',
      fill: '#f2b838',
      stroke: '#b58210',
      'stroke-width': 0.7,
    }),
  ],
  '👎': () => [
    s('path', {
      d: 'M7 11l3 6.6c1.9 0 2.4-1.4 2-3l-.4-2.6H16c1.4 0 2.1-1 1.8-2.3l-1.3-5.5c-.3-1-1-1.7-2.1-1.7H7V11Zm-4 0h2.6V2.5H3V11Z',
      fill: '#f2b838',
      stroke: '#b58210',
      'stroke-width': 0.7,
    }),
  ],
};

/** @param {number} center @param {string} handle */
function magnifier(center, handle) {
  return [
    line(handle, { stroke: '#5f656d', 'stroke-width': 3 }),
    s('circle', { cx: center, cy: center, r: 5.4, fill: '#cfe8f7', stroke: '#5f656d', 'stroke-width': 1.8 }),
  ];
}

function hourglass() {
  return [
    s('path', {
      d: 'M5 2.6h10v3.2L11.2 10 15 14.2v3.2H5v-3.2L8.8 10 5 5.8V2.6Z',
      fill: '#d9ecf7',
      stroke: '#8a6238',
      'stroke-width': 1.2,
      'stroke-linejoin': 'round',
    }),
    s('path', { d: 'M6.6 16.4 10 12.6l3.4 3.8H6.6ZM7.4 5.8h5.2L10 8.6 7.4 5.8Z', fill: '#e0a63c' }),
    line('M4 2.4h12M4 17.6h12', { stroke: '#8a6238', 'stroke-width': 1.6 }),
  ];
}

/** Drawings also stand for the plain sign, with or without the variation selector. */
const BY_SIGN = new Map(
  Object.entries(DRAWN).flatMap(([sign, draw]) => [
    [sign, draw],
    [sign.replace('\uFE0F', ''), draw],
  ]),
);
const NAMES = new Map(Object.entries(EMOJI).map(([name, sign]) => [sign.replace('\uFE0F', ''), name]));
const SIGNS = new RegExp(
  `(${[...BY_SIGN.keys()].sort((a, b) => b.length - a.length).join('|')})\uFE0F?`,
  'u',
);

/** @param {string} name @returns {name is keyof typeof EMOJI} */
export const isEmoji = (name) => Object.hasOwn(EMOJI, name);

/** @param {string} sign @param {string} name */
function emojiNode(sign, name) {
  const label = `:${name}:`;
  const draw = BY_SIGN.get(sign);
  if (!draw) return h('span', { class: 'emoji', role: 'img', 'aria-label': label, title: label }, sign);
  return h(
    'span',
    { class: 'emoji', role: 'img', 'aria-label': label, title: label },
    s('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, ...draw()),
  );
}

/** @param {string} name without the colons @returns {Node} */
export function emoji(name) {
  if (isEmoji(name)) return emojiNode(EMOJI[name], name);
  return document.createTextNode(`:${name}:`);
}

/**
 * Text with the drawn signs in place of their characters. Everything else stays a text node.
 * @param {string} text
 * @returns {Node[]}
 */
export function withDrawnSigns(text) {
  return text.split(SIGNS).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    return emojiNode(part, NAMES.get(part.replace('\uFE0F', '')) ?? part);
  });
}

/**
 * Literal text whose `:names:` become emoji.
 * @param {string} text
 * @returns {Node[]}
 */
export function withEmoji(text) {
  return text.split(/(:[a-z0-9_+-]+:)/).flatMap((part, index) => {
    const name = part.slice(1, -1);
    return index % 2 === 1 && isEmoji(name) ? [emoji(name)] : withDrawnSigns(part);
  });
}
