import type { Dimension, GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import { NotInSandbox } from '../errors.ts';
import type { Account, MetricPoint, MetricSeries } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

// IAM knows GetMetricData with `*` alone.
export const metricOperations: Record<string, Operation> = {
  GetMetricData: overWorld(getMetricData),
};

/** A metric that nobody has sent is no error: its result is there and has no values. Newest first, as usual. */
function getMetricData(input: GetMetricDataInput, { world }: Account): GetMetricDataOutput {
  const from = input.StartTime?.getTime() ?? 0;
  const until = input.EndTime?.getTime() ?? 0;
  const results = (input.MetricDataQueries ?? []).map(({ Id, Label, MetricStat, Expression }) => {
    if (Expression !== undefined) throw new NotInSandbox('metric expressions');
    const series = (world.metrics ?? []).find((each) =>
      isSame(each, MetricStat?.Metric ?? {}, MetricStat?.Stat),
    );
    const { points: told = [] } = series ?? {};
    const all = typeof told === 'function' ? told() : told;
    const whole = all.filter(({ at }) => at.getTime() >= from && at.getTime() < until);
    const points = byPeriod(whole, (MetricStat?.Period ?? 60) * 1000).toSorted(
      (left, right) => right.at.getTime() - left.at.getTime(),
    );
    return {
      Id,
      Label: Label ?? MetricStat?.Metric?.MetricName,
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete' as const,
    };
  });
  return { MetricDataResults: results, Messages: [] };
}

/** One point a period, at its start. */
function byPeriod(points: MetricPoint[], period: number): MetricPoint[] {
  if (period <= 60_000) return points;
  const periods = Map.groupBy(points, ({ at }) => Math.floor(at.getTime() / period) * period);
  return [...periods].map(([at, within]) => ({
    at: new Date(at),
    value: Math.max(...within.map(({ value }) => value)),
  }));
}

function isSame(
  series: MetricSeries,
  asked: { Namespace?: string; MetricName?: string; Dimensions?: Dimension[] },
  statistic: string | undefined,
): boolean {
  const wanted = asked.Dimensions ?? [];
  return (
    series.namespace === asked.Namespace &&
    series.name === asked.MetricName &&
    (series.statistic === undefined || series.statistic === statistic) &&
    wanted.length === Object.keys(series.dimensions).length &&
    wanted.every(({ Name = '', Value }) => series.dimensions[Name] === Value)
  );
}
