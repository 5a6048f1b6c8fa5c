import { s } from '../core/dom.js';
import { colorOf } from './chart-color.js';

/**
 * @param {Record<string, any>} spec
 * @param {number} width
 * @param {number} height
 */
export function drawPie(spec, width, height) {
  const segments = /** @type {{ label: string, value: number }[]} */ (spec.segments ?? []);
  const total = segments.reduce((sum, one) => sum + one.value, 0);
  const [cx, cy, r] = [width / 2, height / 2, height / 2 - 10];
  let turned = -Math.PI / 2;
  return segments.map((one, index) => {
    const share = total > 0 ? one.value / total : 0;
    const hint = s(
      'title',
      null,
      `${one.label}: ${one.value.toLocaleString()} (${Math.round(share * 100)}%)`,
    );
    if (share >= 1) return s('circle', { cx, cy, r, fill: colorOf(index) }, hint);
    const [from, to] = [turned, turned + share * 2 * Math.PI];
    turned = to;
    /** @param {number} angle */
    const point = (angle) =>
      `${(cx + r * Math.cos(angle)).toFixed(2)},${(cy + r * Math.sin(angle)).toFixed(2)}`;
    const large = share > 0.5 ? 1 : 0;
    return s(
      'path',
      {
        d: `M${cx},${cy} L${point(from)} A${r},${r} 0 ${large} 1 ${point(to)}Z`,
        fill: colorOf(index),
        class: 'chart-slice',
      },
      hint,
    );
  });
}
