import type { Dimension, GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import { NotInSandbox } from '../errors.ts';
import type { Account, MetricSeries } from '../world.ts';
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
    const series = (world.metrics ?? []).find((each) => isSame(each, MetricStat?.Metric ?? {}));
    const points = (series?.points ?? [])
      .filter(({ at }) => at.getTime() >= from && at.getTime() < until)
      .toSorted((left, right) => right.at.getTime() - left.at.getTime());
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

function isSame(
  series: MetricSeries,
  asked: { Namespace?: string; MetricName?: string; Dimensions?: Dimension[] },
): boolean {
  const wanted = asked.Dimensions ?? [];
  return (
    series.namespace === asked.Namespace &&
    series.name === asked.MetricName &&
    wanted.length === Object.keys(series.dimensions).length &&
    wanted.every(({ Name = '', Value }) => series.dimensions[Name] === Value)
  );
}
