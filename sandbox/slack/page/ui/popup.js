/** Menus and lists float above everything, so that no scrolling pane cuts them off. */

const GAP = 4;

/**
 * Puts a floating node below its anchor, or above where there is no room.
 * @param {HTMLElement} node @param {Element} anchor @param {{ align?: 'start' | 'end', match?: boolean, above?: boolean }} [how]
 */
export function placeAt(node, anchor, how = {}) {
  const box = anchor.getBoundingClientRect();
  node.style.position = 'fixed';
  if (how.match) node.style.width = `${box.width}px`;
  const size = node.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP;
  const above = how.above || (size.height > below && box.top > below);
  const top = above ? box.top - size.height - GAP : box.bottom + GAP;
  const left = how.align === 'end' ? box.right - size.width : box.left;
  node.style.top = `${Math.max(GAP, top)}px`;
  node.style.left = `${Math.max(GAP, Math.min(left, innerWidth - size.width - GAP))}px`;
}

/**
 * Shows a floating node until something outside is pressed, Escape is hit or the view scrolls away beneath it.
 * @param {HTMLElement} node
 * @param {Element} anchor
 * @param {{ align?: 'start' | 'end', match?: boolean, above?: boolean, closed?: () => void }} [how]
 */
export function openPopup(node, anchor, how = {}) {
  const layer = /** @type {HTMLElement} */ (document.getElementById('layer'));
  const stop = new AbortController();
  const popup = {
    node,
    place: () => placeAt(node, anchor, how),
    close() {
      if (!node.isConnected) return;
      stop.abort();
      node.remove();
      how.closed?.();
    },
  };
  node.classList.add('popup');
  layer.append(node);
  popup.place();
  document.addEventListener(
    'pointerdown',
    (event) => {
      const target = /** @type {Node} */ (event.target);
      if (!node.contains(target) && !anchor.contains(target)) popup.close();
    },
    { capture: true, signal: stop.signal },
  );
  document.addEventListener(
    'scroll',
    (event) => {
      if (event.target !== node && !node.contains(/** @type {Node} */ (event.target))) popup.place();
    },
    { capture: true, signal: stop.signal },
  );
  addEventListener('resize', popup.close, { signal: stop.signal });
  return popup;
}
