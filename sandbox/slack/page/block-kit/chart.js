import { h, s } from '../core/dom.js';
import { drawAxes } from './chart-axes.js';
import { colorOf } from './chart-color.js';
import { drawPie } from './chart-pie.js';

/**
 * data_visualization: line, bar, area and pie as inline SVG, drawn for the width at hand so that labels stay legible
 * on a phone.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {{ name: string, data: { label: string, value: number }[] }} Series
 */

const HEIGHT = 230;
const FIRST_WIDTH = 480;

/** @param {Block} chartSpec @param {string} title */
function describe(chartSpec, title) {
  if (chartSpec.type === 'pie') {
    const parts = /** @type {any[]} */ (chartSpec.segments ?? []).map((one) => `${one.label} ${one.value}`);
    return `Pie chart: ${title}. ${parts.join(', ')}`;
  }
  const series = /** @type {Series[]} */ (chartSpec.series ?? []).map((one) => {
    const values = one.data.map((point) => point.value);
    return `${one.name} from ${values[0]} to ${values.at(-1)}, highest ${Math.max(...values)}`;
  });
  return `${chartSpec.type} chart: ${title}. ${series.join('; ')}`;
}

/** @param {Block} block */
export function chart(block) {
  const spec = block.chart ?? {};
  const svg = s('svg', {
    class: 'chart',
    role: 'img',
    'aria-label': describe(spec, block.title ?? ''),
    height: HEIGHT,
  });
  const names = /** @type {any[]} */ (spec.type === 'pie' ? spec.segments : spec.series) ?? [];
  const total = names.reduce((sum, one) => sum + (one.value ?? 0), 0);
  const legend = h(
    'ul',
    { class: 'chart-legend', 'aria-label': 'Legend' },
    names.map((one, index) => {
      const key = h('span', { class: 'chart-key', 'aria-hidden': 'true' });
      key.style.background = colorOf(index);
      const share = spec.type === 'pie' && total > 0 ? ` ${Math.round((one.value / total) * 100)}%` : '';
      return h('li', null, key, one.name ?? one.label, share && h('span', { class: 'muted' }, share));
    }),
  );
  /** @param {number} width */
  const draw = (width) => {
    svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    svg.setAttribute('width', String(width));
    svg.replaceChildren(
      ...(spec.type === 'pie' ? drawPie(spec, width, HEIGHT) : drawAxes(spec, width, HEIGHT)),
    );
  };
  draw(FIRST_WIDTH);
  const frame = h('div', { class: 'chart-frame' }, svg);
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width > 0 && String(width) !== svg.getAttribute('width')) draw(width);
  }).observe(frame);
  return h(
    'figure',
    null,
    h('figcaption', { class: 'chart-title' }, block.title ?? ''),
    frame,
    names.length > 1 || spec.type === 'pie' ? legend : null,
  );
}
