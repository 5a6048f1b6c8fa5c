import { h } from '../core/dom.js';
import { link } from '../text/entities.js';
import { textObject } from '../text/mrkdwn.js';
import { icon } from '../ui/icons.js';
import { image } from './image.js';

/**
 * Blocks that only point elsewhere: video (its picture and address) and remote file.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** @param {Block} block @param {Surface} surface */
export function video(block, surface) {
  const title = textObject(surface.store, block.title);
  return h(
    'figure',
    null,
    h(
      'figcaption',
      null,
      block.author_name && h('div', { class: 'muted' }, block.author_name),
      link(block.title_url ?? block.video_url ?? '', title),
    ),
    block.description && h('div', { class: 'text' }, textObject(surface.store, block.description)),
    block.thumbnail_url &&
      image({ image_url: block.thumbnail_url, alt_text: block.alt_text }, surface.store, 'block-picture'),
  );
}

/** @param {Block} block */
export const fileBlock = (block) =>
  h('div', { class: 'file-line' }, icon('file'), ` Remote file ${block.external_id ?? ''}`);
