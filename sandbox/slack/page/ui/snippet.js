import { h } from '../core/dom.js';
import { safeUrl } from '../text/entities.js';
import { icon } from './icons.js';
import { toast } from './toast.js';

/**
 * Shared files: text snippets with a preview that opens to the whole, pictures, and everything else as a line.
 * @typedef {import('../core/types.js').SlackFile} SlackFile
 */

const PREVIEW_LINES = 8;

/** @param {number | undefined} bytes */
function sizeOf(bytes) {
  if (bytes === undefined) return '';
  return bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** @param {string} text */
const firstLines = (text) => text.split('\n').slice(0, PREVIEW_LINES).join('\n');

/** @param {SlackFile} file */
async function wholeText(file) {
  const response = await fetch(safeUrl(file.url ?? `sim/files/${file.id}`) ?? '');
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

/** @param {SlackFile} file */
function snippet(file) {
  const name = file.title || file.name || file.id;
  const code = h('code', null, firstLines(file.preview ?? ''));
  const pre = h('pre', { tabindex: 0, role: 'region', 'aria-label': name }, code);
  const toggle = h('button', { type: 'button', class: 'snippet-toggle', 'aria-expanded': 'false' }, 'Expand');
  toggle.addEventListener('click', async () => {
    const open = toggle.getAttribute('aria-expanded') !== 'true';
    toggle.setAttribute('aria-busy', 'true');
    try {
      code.textContent = open ? await wholeText(file) : firstLines(file.preview ?? '');
      toggle.setAttribute('aria-expanded', String(open));
      toggle.textContent = open ? 'Collapse' : 'Expand';
    } catch {
      toast(`${name} could not be loaded.`);
    }
    toggle.removeAttribute('aria-busy');
  });
  return h(
    'figure',
    { class: 'snippet' },
    h(
      'figcaption',
      { class: 'snippet-head' },
      icon('file'),
      h('span', { class: 'snippet-name' }, name),
      h('span', { class: 'muted' }, sizeOf(file.size)),
      toggle,
    ),
    pre,
  );
}

/** @param {SlackFile} file */
export function sharedFile(file) {
  const url = safeUrl(file.url ?? `sim/files/${file.id}`) ?? '#';
  if (file.mimetype?.startsWith('image/')) {
    return h(
      'figure',
      { class: 'shared-image' },
      h('figcaption', { class: 'muted' }, file.title || file.name),
      h('img', { src: url, alt: file.title || file.name || '' }),
    );
  }
  if (file.preview !== undefined || file.mimetype?.startsWith('text/')) return snippet(file);
  return h(
    'a',
    { class: 'file-line', href: url, target: '_blank', rel: 'noopener noreferrer' },
    icon('file'),
    file.title || file.name || file.id,
    h('span', { class: 'muted' }, sizeOf(file.size)),
  );
}
