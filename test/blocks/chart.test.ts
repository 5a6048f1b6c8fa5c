import { describe, expect, it } from 'vitest';
import { chartBlock, chartBlocks } from '#blocks/chart.ts';
import { size } from '#blocks/escape.ts';
import { slack } from '#blocks/limits.ts';
import type { Chart } from '#diagnostics/charts.ts';
import { validateBlocks } from '#sandbox/slack/block-kit/validate.ts';
import { fc } from '#test/property.ts';

const start = Date.parse('2026-11-24T11:40:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

function overTime(values: readonly (number | null)[], more: Partial<Chart> = {}): Chart {
  return {
    title: 'CPU',
    kind: 'line',
    unit: '%',
    axis: 'time',
    labels: values.map((_, index) => at(index)),
    series: [{ name: 'hottest task', keeps: 'highest', values: [...values] }],
    ...more,
  };
}

const valuesOf = (chart: Chart) => chartBlock(chart)?.chart.series[0]?.data.map(({ value }) => value) ?? [];

describe('three hours of minutes in twenty points', () => {
  const peak = Array.from({ length: 180 }, (_, minute) => (minute === 97 ? 99.5 : 20));

  it('keeps the peak of a single minute', () => {
    const values = valuesOf(overTime(peak));
    expect(values.length).toBeLessThanOrEqual(20);
    expect(Math.max(...values)).toBe(99.5);
  });

  it('keeps the trough where the lowest is what matters', () => {
    const series = [{ name: 'coolest', keeps: 'lowest' as const, values: peak.map((value) => 100 - value) }];
    expect(Math.min(...valuesOf(overTime(peak, { series })))).toBe(0.5);
  });

  it('says what a point stands for, and in which zone its time is', () => {
    const config = chartBlock(overTime(peak))?.chart.axis_config;
    expect(config?.x_label).toBe('UTC, each point is the highest of 10 min');
    expect(config?.categories[1]).toBe('11:50');
  });

  it('draws an hour of ten-minute points as they are', () => {
    const labels = [0, 10, 20, 30, 40, 50].map(at);
    const chart = overTime([1, 2, 3, 4, 5, 6], { labels });
    expect(valuesOf(chart)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(chartBlock(chart)?.chart.axis_config.x_label).toBe('UTC');
  });
});

describe('minutes without data', () => {
  const gap = overTime([10, 12, ...Array.from({ length: 6 }, () => null), 50, 51]);

  it('are no point of the chart, never a zero', () => {
    expect(valuesOf(gap)).toEqual([10, 12, 50, 51]);
  });

  it('are said in words', () => {
    const [, line] = chartBlocks([gap], 2);
    expect(JSON.stringify(line)).toContain('no data 11:42 UTC to 11:48 UTC');
  });

  it('of one of two series shorten the axis for both', () => {
    const series = [
      { name: 'a', keeps: 'mean' as const, values: [1, 2, 3, 4] },
      { name: 'b', keeps: 'mean' as const, values: [null, 2, 3, null] },
    ];
    expect(chartBlock(overTime([0, 0, 0, 0], { series }))?.chart.axis_config.categories).toEqual([
      '11:41',
      '11:42',
    ]);
  });
});

describe('names', () => {
  it('that are too long or alike are cut and numbered', () => {
    const long = 'a-service-with-a-very-long-name';
    const chart = overTime([1, 2, 3], { axis: 'names', kind: 'bar', labels: [long, `${long}-2`, 'b'] });
    expect(chartBlock(chart)?.chart.axis_config.categories).toEqual([
      'a-service-with-a-ve…',
      'a-service-with-a-… 2',
      'b',
    ]);
  });

  it('beyond twenty give way to those with the greatest values, in their own order', () => {
    const values = Array.from({ length: 30 }, (_, index) => index);
    const labels = values.map((value) => `name ${value}`);
    const kept = chartBlock(overTime(values, { axis: 'names', kind: 'bar', labels }));
    expect(kept?.chart.axis_config.categories).toEqual(labels.slice(10));
  });

  it('of times that cross midnight carry their day', () => {
    const labels = ['2026-11-23T23:00:00.000Z', '2026-11-24T01:00:00.000Z'];
    expect(chartBlock(overTime([1, 2], { labels }))?.chart.axis_config.categories).toEqual([
      '11-23 23:00',
      '11-24 01:00',
    ]);
  });
});

describe('where there is nothing to draw', () => {
  it.each([
    ['no points', []],
    ['one point', [4]],
    ['nulls alone', [null, null]],
  ])('%s make no chart', (_, values) => {
    expect(chartBlock(overTime(values))).toBeUndefined();
  });

  it('one point is still said', () => {
    expect(JSON.stringify(chartBlocks([overTime([4])], 2))).toContain('4 %');
  });
});

it('at most two charts go into a message, and none into a private one, where the lines say it all', () => {
  const charts = [1, 2, 3].map((value) => overTime([value, value + 1]));
  expect(chartBlocks(charts, 2).filter(({ type }) => type === 'data_visualization')).toHaveLength(2);
  expect(chartBlocks(charts, 0).map(({ type }) => type)).toEqual(['context', 'context']);
});

const number = fc.oneof(fc.double(), fc.integer({ min: -1000, max: 1000 }));
const chart = fc
  .record({
    title: fc.string({ unit: 'binary', maxLength: 70 }),
    kind: fc.constantFrom('line' as const, 'area' as const, 'bar' as const),
    unit: fc.string({ maxLength: 60 }),
    axis: fc.constantFrom('time' as const, 'names' as const),
    labels: fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 60 }),
    minutes: fc.array(fc.integer({ min: 0, max: 60 * 24 * 30 }), { maxLength: 60 }),
    names: fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 8 }),
    values: fc.array(fc.option(number), { minLength: 60, maxLength: 60 }),
  })
  .map(({ names, values, labels, minutes, ...rest }): Chart => {
    const times = minutes.toSorted((a, b) => a - b).map(at);
    const axis = rest.axis === 'time' ? times : labels;
    return {
      ...rest,
      labels: axis,
      series: names.map((name) => ({ name, keeps: 'highest', values: values.slice(0, axis.length) })),
    };
  });

it('whatever the numbers and names are, Slack takes what comes of them', () => {
  fc.assert(
    fc.property(chart, (given) => {
      const blocks = chartBlocks([given], 2);
      expect(validateBlocks(blocks, 'message')).toEqual([]);
      const block = chartBlock(given);
      for (const name of block?.chart.axis_config.categories ?? [])
        expect(size(name)).toBeLessThanOrEqual(slack.chartName);
    }),
  );
});
