/**
 * The only place where nodes are made. Content always arrives as a text node or an attribute, never as markup, so
 * nothing that a message carries can become an element.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * @param {Element} node
 * @param {Record<string, unknown> | null | undefined} props `on…` are listeners, `dataset` is data attributes, `true`
 *   is an empty attribute, `false`, `null` and `undefined` are left out
 */
export function setProps(node, props) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') {
      node.addEventListener(key.slice(2).toLowerCase(), /** @type {EventListener} */ (value));
    } else if (key === 'dataset') {
      for (const [name, text] of Object.entries(/** @type {Record<string, unknown>} */ (value))) {
        if (text !== undefined) node.setAttribute(`data-${name}`, String(text));
      }
    } else {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }
}

/**
 * @param {Node} node
 * @param {Child[]} children
 */
export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * @param {string} tag
 * @param {Record<string, unknown> | null} [props]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  setProps(node, props);
  append(node, children);
  return node;
}

/**
 * @param {string} tag
 * @param {Record<string, unknown> | null} [props]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function s(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  setProps(node, props);
  append(node, children);
  return node;
}

/** @param {...Child} children */
export function fragment(...children) {
  const node = document.createDocumentFragment();
  append(node, children);
  return node;
}

let counter = 0;

/** A document-wide unique id for label and description references. @param {string} prefix */
export function uid(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/**
 * Brings a list of nodes up to date and keeps every node whose item did not change, so that scroll position, focus
 * and half-typed inputs survive an event about something else.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {{ key: (item: T) => string, version: (item: T) => unknown, render: (item: T) => HTMLElement }} how
 */
export function reconcile(parent, items, how) {
  const old = new Map();
  for (const node of parent.children) old.set(node.getAttribute('data-key'), node);
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const key = how.key(item);
    const version = how.version(item);
    let node = /** @type {(HTMLElement & { version?: unknown }) | undefined} */ (old.get(key));
    old.delete(key);
    if (!node || node.version !== version) {
      const fresh = /** @type {HTMLElement & { version?: unknown }} */ (how.render(item));
      fresh.setAttribute('data-key', key);
      fresh.version = version;
      if (node) {
        if (cursor === node) cursor = node.nextElementSibling;
        withFocusKept(node, fresh, () => node?.remove());
      }
      parent.insertBefore(fresh, cursor);
      node = fresh;
      restoreFocus(fresh);
      continue;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
}

/**
 * @param {Element} from
 * @param {Element} to
 * @param {() => void} swap
 */
export function withFocusKept(from, to, swap) {
  const active = document.activeElement;
  const marker = active && from.contains(active) ? active.closest('[data-action-id]') : null;
  if (marker) {
    to.setAttribute(
      'data-refocus',
      `${marker.getAttribute('data-block-id')} ${marker.getAttribute('data-action-id')}`,
    );
  }
  swap();
}

/** @param {Element} node */
export function restoreFocus(node) {
  const wanted = node.getAttribute('data-refocus');
  if (!wanted) return;
  node.removeAttribute('data-refocus');
  for (const marker of node.querySelectorAll('[data-action-id]')) {
    if (`${marker.getAttribute('data-block-id')} ${marker.getAttribute('data-action-id')}` !== wanted)
      continue;
    const target = marker.matches('button, input, a')
      ? marker
      : marker.querySelector('input, button, textarea');
    if (target instanceof HTMLElement) target.focus();
    return;
  }
}
