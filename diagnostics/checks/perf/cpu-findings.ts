import { pasteable } from '../../causes/define.ts';
import type { Point } from '../../facts/health-metrics.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { moreCpu } from '../../perf/advice.ts';
import { cpuOf, vcpu } from '../../perf/limits.ts';
import { latest, meanOf, sinceWhen } from '../../perf/series.ts';
import { percent } from '../../perf-words.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, plural } from '../../words.ts';
import { lately, metricEvidence, type Picture } from './picture.ts';

/** CPU that stands at its limit: of all tasks, or of one of them. */
export function cpuFindings(picture: Picture): Finding[] {
  return [...saturated(picture), ...hotTask(picture)];
}

const full = 90;
/** Fewer points are a moment. */
const pointsAtLeast = 10;
/** Of the last minutes, so that one dip does not hide an hour at the limit. */
const mostOf = 0.8;

function saturated(picture: Picture): Finding[] {
  const { usage, target, service, definition, fargate, running, serves, cpuNow } = picture;
  if (running === 0 || cpuNow === undefined) return [];
  const points = latest(usage.cpu.average, lately);
  if (points.length < pointsAtLeast || shareOf(points, (value) => value >= full) < mostOf) return [];
  if (!isLimited(picture) && meanOf(points) > 100) return [];
  const since = sinceWhen(usage.cpu.average, (value) => value >= full * 0.9) ?? points[0]?.at;
  const names = pasteable(namesFor(target, { service, definition }));
  const size = cpuOf(definition);
  const long = since ? ` for ${duration(usage.to.getTime() - since.getTime())}` : '';
  return [
    findingOf(
      answer('cpu-saturated', {
        // Whether a worker that takes what it gets is late, nothing here says.
        severity: serves ? 'warn' : 'info',
        why: 'the average over all tasks stands at the limit',
      }),
      names,
      {
        subject: service.serviceArn,
        summary: `${running === 1 ? 'Its one task uses' : `All ${running} tasks together use`} ${percent(meanOf(points))} of their CPU${long}${size === undefined ? '' : `, ${vcpu(size)} each`}.`,
        firstAt: since?.toISOString(),
        evidence: [
          metricEvidence(picture, {
            metric: 'CPUUtilization',
            statistic: 'Average',
            value: `${percent(meanOf(points))} over ${plural(points.length, 'point')}`,
            at: points.at(-1)?.at,
          }),
        ],
        fix: moreCpu({ definition, fargate, names }, 'More tasks, or larger ones'),
      },
    ),
  ];
}

/**
 * Whether CPU ends at 100 %: on Fargate, and where the task has a size. Elsewhere the number is a share, and a task may
 * use what is idle on its instance. Source: Amazon ECS Developer Guide, "Task definition parameters", cpu.
 */
function isLimited({ fargate, definition }: Picture): boolean {
  return fargate || definition?.cpu !== undefined;
}

const hot = 85;
const gapAtLeast = 30;
/** Of the hottest: where numbers go beyond 100 %, a gap of some percent is little. */
const shareAtMost = 0.7;

/**
 * The maximum of the service's metric is its hottest task, the average is over all. The gap is only looked at where
 * the statistics differ at all: from a single task, or one value a period, they cannot.
 */
function hotTask(picture: Picture): Finding[] {
  const { usage, running, target, service, cpuNow } = picture;
  const maxima = latest(usage.cpu.maximum, lately);
  if (running < 2 || maxima.length < pointsAtLeast || cpuNow === undefined || !carriesExtremes(picture))
    return [];
  const averages = new Map(usage.cpu.average.map(({ at, value }) => [at.getTime(), value]));
  const apart = shareOf(maxima, (value, at) => {
    const average = averages.get(at.getTime());
    return (
      average !== undefined && value >= hot && value - average >= gapAtLeast && average <= shareAtMost * value
    );
  });
  if (apart < mostOf) return [];
  const top = meanOf(maxima);
  const others = Math.max(0, (running * cpuNow - top) / (running - 1));
  return [
    findingOf(
      answer('hot-task', {
        status: 'likely',
        why: 'the hottest task is far above the average of all',
        decide:
          'which task it is, and whether it is always the same one: Container Insights with enhanced observability has CPU by task',
      }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `One of ${running} tasks stands at ${percent(top)} CPU while the average is ${percent(cpuNow)}, so the others are near ${percent(others)}.`,
        evidence: [
          metricEvidence(picture, {
            metric: 'CPUUtilization',
            statistic: 'Maximum',
            value: percent(top),
            at: maxima.at(-1)?.at,
          }),
          metricEvidence(picture, {
            metric: 'CPUUtilization',
            statistic: 'Average',
            value: percent(cpuNow),
            at: maxima.at(-1)?.at,
          }),
        ],
      },
    ),
  ];
}

/** Whether the statistics are made of more than one value, and differ. */
export function carriesExtremes({ usage }: Pick<Picture, 'usage'>): boolean {
  const several = usage.samples.some(({ value }) => value > 1);
  const averages = new Map(usage.cpu.average.map(({ at, value }) => [at.getTime(), value]));
  return several && usage.cpu.maximum.some(({ at, value }) => value > (averages.get(at.getTime()) ?? value));
}

function shareOf(points: readonly Point[], holds: (value: number, at: Date) => boolean): number {
  return points.filter(({ value, at }) => holds(value, at)).length / Math.max(1, points.length);
}
