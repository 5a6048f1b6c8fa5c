import { s } from '../core/dom.js';
import { colorOf } from './chart-color.js';

/**
 * Line, area and bar charts: axes, grid and marks.
 * @typedef {import('./chart.js').Series} Series
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 */

const TICKS = 4;
const CHARACTER = 6.4;

/** Round numbers that cover the values, zero included. @param {number[]} values */
export function scaleOf(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step || step;
  const count = Math.round((to - from) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) =>
    Number((from + index * step).toPrecision(12)),
  );
  return { from, to, ticks };
}

/** @param {number} value */
const short = (value) =>
  new Intl.NumberFormat([], { notation: 'compact', maximumFractionDigits: 2 }).format(value);

/** @param {number} x @param {number} y @param {string} anchor @param {string} text @param {Record<string, unknown>} [more] */
const label = (x, y, anchor, text, more) =>
  s('text', { x, y, 'text-anchor': anchor, class: 'chart-label', ...more }, text);

/** @param {Series} series @param {string} category */
const valueAt = (series, category) => series.data.find((point) => point.label === category)?.value;

/** @param {string} name @param {string} category @param {number} value */
const hint = (name, category, value) => s('title', null, `${name}, ${category}: ${value.toLocaleString()}`);

/**
 * @param {Record<string, any>} spec
 * @param {number} width
 * @param {number} height
 */
export function drawAxes(spec, width, height) {
  const series = /** @type {Series[]} */ (spec.series ?? []);
  const categories = /** @type {string[]} */ (
    spec.axis_config?.categories ?? series[0]?.data.map((point) => point.label) ?? []
  );
  const { from, to, ticks } = scaleOf(series.flatMap((one) => one.data.map((point) => point.value)));
  const { x_label: xLabel, y_label: yLabel } = spec.axis_config ?? {};
  const left = Math.max(...ticks.map((tick) => short(tick).length)) * CHARACTER + (yLabel ? 26 : 10);
  /** @type {Box} */
  const box = { left, top: 10, width: width - left - 12, height: height - 10 - (xLabel ? 44 : 26) };
  /** @param {number} value */
  const y = (value) => box.top + box.height - ((value - from) / (to - from)) * box.height;
  const slot = box.width / Math.max(1, spec.type === 'bar' ? categories.length : categories.length - 1);
  /** @param {number} index */
  const x = (index) =>
    box.left +
    (spec.type === 'bar' ? slot * (index + 0.5) : categories.length === 1 ? box.width / 2 : slot * index);
  const draw = { line: lines, area: lines, bar: bars }[String(spec.type)] ?? lines;
  return [
    ...ticks.flatMap((tick) => [
      s('line', {
        x1: box.left,
        x2: box.left + box.width,
        y1: y(tick),
        y2: y(tick),
        class: tick === 0 ? 'chart-axis' : 'chart-grid',
      }),
      label(box.left - 6, y(tick) + 4, 'end', short(tick)),
    ]),
    ...categoryLabels(categories, x, slot, box),
    xLabel &&
      label(box.left + box.width / 2, height - 6, 'middle', xLabel, { class: 'chart-label chart-axis-name' }),
    yLabel &&
      label(12, box.top + box.height / 2, 'middle', yLabel, {
        class: 'chart-label chart-axis-name',
        transform: `rotate(-90 12 ${box.top + box.height / 2})`,
      }),
    ...draw({ spec, series, categories, x, y, slot, zero: y(0) }),
  ].filter((node) => node instanceof SVGElement);
}

/**
 * As many labels as fit without touching.
 * @param {string[]} categories @param {(index: number) => number} x @param {number} slot @param {Box} box
 */
function categoryLabels(categories, x, slot, box) {
  const widest = Math.max(1, ...categories.map((name) => name.length)) * CHARACTER + 10;
  const every = Math.max(1, Math.ceil(widest / slot));
  const last = categories.length - 1;
  return categories.flatMap((name, index) => {
    if (index % every !== 0) return [];
    const edge = index === last && last > 0 && x(index) + widest / 2 > box.left + box.width + 12;
    return [
      label(
        edge ? box.left + box.width + 10 : x(index),
        box.top + box.height + 18,
        edge ? 'end' : 'middle',
        name,
      ),
    ];
  });
}

/** @typedef {{ spec: Record<string, any>, series: Series[], categories: string[], x: (index: number) => number, y: (value: number) => number, slot: number, zero: number }} Plot */

/** @param {Plot} plot */
function lines({ spec, series, categories, x, y, zero }) {
  return series.flatMap((one, index) => {
    const points = categories.flatMap((category, at) => {
      const value = valueAt(one, category);
      return value === undefined ? [] : [{ x: x(at), y: y(value), category, value }];
    });
    const path = points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' L');
    const first = points[0];
    const last = points.at(-1);
    const filled = spec.type === 'area' && first && last;
    return [
      filled &&
        s('path', {
          d: `M${first.x},${zero} L${path} L${last.x},${zero}Z`,
          fill: colorOf(index),
          class: 'chart-area',
        }),
      first &&
        s('path', {
          d: `M${path}`,
          stroke: colorOf(index),
          class: 'chart-line',
          'stroke-dasharray': index >= 6 ? '5 3' : undefined,
        }),
      ...points.map((point) =>
        s(
          'circle',
          {
            cx: point.x,
            cy: point.y,
            r: points.length > 24 ? 1.8 : 3,
            fill: colorOf(index),
            class: 'chart-dot',
          },
          hint(one.name, point.category, point.value),
        ),
      ),
    ];
  });
}

/** @param {Plot} plot */
function bars({ series, categories, x, y, slot, zero }) {
  const bar = Math.min(36, (slot * 0.72) / Math.max(1, series.length));
  return series.flatMap((one, index) =>
    categories.map((category, at) => {
      const value = valueAt(one, category) ?? 0;
      const left = x(at) + (index - series.length / 2) * bar;
      const top = Math.min(y(value), zero);
      return s(
        'rect',
        {
          x: left + 1,
          y: top,
          width: Math.max(1, bar - 2),
          height: Math.max(0.5, Math.abs(zero - y(value))),
          rx: 2,
          fill: colorOf(index),
        },
        hint(one.name, category, value),
      );
    }),
  );
}
