import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { blockId, chars, list } from './primitives.ts';

const name = chars(LIMITS.chartName);
// JSON has no other numbers, but an app that hands over NaN sends null, which the type refuses.
const finite = z.number();

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: list(
    z.strictObject({
      label: name,
      value: finite.refine((value) => value > 0, { error: 'must be more than 0' }),
    }),
    LIMITS.chartSeries,
  ),
});

const series = z.strictObject({
  name,
  data: list(z.strictObject({ label: name, value: finite }), LIMITS.chartPoints),
});

const axes = z.strictObject({
  categories: list(name, LIMITS.chartPoints).refine(unique, { error: 'categories must be unique' }),
  x_label: chars(LIMITS.chartAxisLabel).optional(),
  y_label: chars(LIMITS.chartAxisLabel).optional(),
});

function plotted<T extends 'line' | 'bar' | 'area'>(type: T) {
  return z
    .strictObject({
      type: z.literal(type),
      series: list(series, LIMITS.chartSeries).refine((all) => unique(all.map((one) => one.name)), {
        error: 'series names must be unique',
      }),
      axis_config: axes,
    })
    .check((context) => {
      const categories = context.value.axis_config.categories;
      for (const [index, one] of context.value.series.entries()) {
        const labels = one.data.map((point) => point.label);
        if (unique(labels) && sameMembers(labels, categories)) continue;
        context.issues.push({
          code: 'custom',
          input: one.data,
          path: ['series', index, 'data'],
          message: 'must have exactly one point for every category',
        });
      }
    });
}

function unique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value) => right.includes(value));
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const dataVisualizationBlock = z.strictObject({
  type: z.literal('data_visualization'),
  ...blockId,
  title: chars(LIMITS.chartTitle),
  chart: z.discriminatedUnion('type', [pie, plotted('line'), plotted('bar'), plotted('area')]),
});
