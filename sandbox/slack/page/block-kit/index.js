import { h } from '../core/dom.js';
import { actions, contextActions } from './actions.js';
import { alertBlock } from './alert.js';
import { card, carousel } from './card.js';
import { chart } from './chart.js';
import { container } from './container.js';
import { dataTable } from './data-table.js';
import { imageBlock } from './image.js';
import { inputBlock } from './input.js';
import { fileBlock, video } from './media.js';
import { richText } from './rich-text.js';
import { context, divider, header, markdownBlock, section } from './section.js';
import { table } from './table.js';
import { plan, taskCard } from './task.js';

/**
 * Block Kit to DOM nodes. Each family has a file of its own.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 * @type {Record<string, (block: Block, surface: Surface) => HTMLElement>}
 */
const BLOCKS = {
  actions,
  alert: alertBlock,
  card,
  carousel,
  container: (block, surface) => container(block, surface, renderBlock),
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: chart,
  divider,
  file: fileBlock,
  header,
  image: imageBlock,
  input: inputBlock,
  markdown: markdownBlock,
  plan,
  rich_text: richText,
  section,
  table,
  task_card: taskCard,
  video,
};

/** @param {Block} block @param {Surface} surface @returns {HTMLElement} */
export function renderBlock(block, surface) {
  const render = BLOCKS[block.type];
  const node = render
    ? render(block, surface)
    : h('p', { class: 'unknown' }, `Block "${block.type}" cannot be shown`);
  node.classList.add('block', `block-${block.type.replaceAll('_', '-')}`);
  return node;
}

/** @param {Block[]} blocks @param {Surface} surface */
export function renderBlocks(blocks, surface) {
  return h(
    'div',
    { class: 'blocks' },
    blocks.map((block) => renderBlock(block, surface)),
  );
}
