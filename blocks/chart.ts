import type { ContextBlock } from '@slack/types';
import { fewPoints } from '#diagnostics/chart-points.ts';
import { chartLine, chartMarks, thinned } from '#diagnostics/chart-words.ts';
import type { Chart } from '#diagnostics/charts.ts';
import { context } from './elements.ts';
import { mrkdwn, oneLine, size } from './escape.ts';
import { own, slack } from './limits.ts';
import { withUtc } from './times.ts';

interface DataPoint {
  label: string;
  value: number;
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block: not in @slack/types yet. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: {
    type: 'line' | 'area' | 'bar';
    series: { name: string; data: DataPoint[] }[];
    axis_config: { categories: string[]; x_label?: string; y_label?: string };
  };
}

/**
 * One chart as Slack draws it; undefined where there are not two points to draw a line between. Slack wants unique
 * names of at most 20 characters and exactly one finite value for every category of every series.
 */
export function chartBlock(chart: Chart): DataVisualizationBlock | undefined {
  const few = fewPoints({ ...chart, series: chart.series.slice(0, slack.chartSeries) }, slack.chartPoints);
  const least = chart.kind === 'bar' ? 1 : 2;
  if (few.labels.length < least || few.series.length === 0) return undefined;
  const categories = unique(chart.axis === 'time' ? timeLabels(few.labels) : few.labels);
  const names = unique(few.series.map(({ name }) => name));
  const xLabel = chart.axis === 'time' ? ['UTC', thinned(chart, slack.chartPoints)] : [];
  return {
    type: 'data_visualization',
    title: oneLine(chart.title, slack.chartTitle) || '–',
    chart: {
      type: chart.kind,
      series: few.series.map(({ values }, index) => ({
        name: names[index] ?? String(index),
        data: categories.map((label, at) => ({ label, value: rounded(values[at] ?? 0) })),
      })),
      axis_config: {
        categories,
        ...(xLabel.length > 0 && {
          x_label: oneLine(xLabel.filter((part) => part !== '').join(', '), slack.chartAxisLabel),
        }),
        ...(chart.unit !== '' && { y_label: oneLine(chart.unit, slack.chartAxisLabel) }),
      },
    },
  };
}

/**
 * Charts of an answer, each with a line that says the same: what a screen reader reads, and all that there is where a
 * message may hold no chart.
 */
export function chartBlocks(
  charts: readonly Chart[],
  drawn: number,
): (DataVisualizationBlock | ContextBlock)[] {
  const shown = charts.slice(0, slack.chartsPerMessage);
  const marks = chartMarks(shown);
  const lines = shown.flatMap((chart, index) => {
    const block = index < drawn ? chartBlock(chart) : undefined;
    const line = chart.said === true ? '' : chartLine(chart);
    return [...(block ? [block] : []), ...context(mrkdwn(withUtc(line), own.chartLine))];
  });
  // In UTC like the axis, so that the two can be read against each other.
  return [...lines, ...context(marks === '' ? '' : `*Meanwhile*  ${mrkdwn(withUtc(marks), own.chartLine)}`)];
}

/** `14:02`, with the day in front where the times are of more than one. Labels are literal, so that they are UTC. */
function timeLabels(times: readonly string[]): string[] {
  const days = new Set(times.map((time) => time.slice(0, 10)));
  return times.map((time) => `${days.size > 1 ? `${time.slice(5, 10)} ` : ''}${time.slice(11, 16)}`);
}

/** Cut to Slack's length; what comes out alike is numbered. */
function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const whole = oneLine(name, slack.chartName) || '–';
    let own = whole;
    for (let number = 2; taken.has(own); number += 1) {
      const ending = ` ${number}`;
      own = `${oneLine(whole, slack.chartName - size(ending))}${ending}`;
    }
    taken.add(own);
    return own;
  });
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
