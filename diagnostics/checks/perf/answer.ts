import type { Outcome } from '../../check.ts';
import type { Scaling } from '../../perf/scaling.ts';
import { percent } from '../../perf-words.ts';
import { duration, listed } from '../../words.ts';
import { type Picture, perfSpan } from './picture.ts';

/** CloudWatch has the first point of a task a few minutes after it started. Milliseconds. */
const firstPoint = 5 * 60_000;

/**
 * What is said where nothing is wrong: the numbers, or why there are none. No data is not low, and calm numbers are no
 * health where it could not be read what would speak against it.
 *
 * @param unread what could not be read, in words that read on before "could not be read"
 */
export function perfAnswer(
  picture: Picture,
  scaling: Scaling | undefined | null,
  unread: readonly string[],
): Outcome['answer'] {
  const { running, desired, cpu, memory } = picture;
  if (desired === 0 && running === 0)
    return { state: 'healthy', headline: 'desired count is 0, so nothing runs and nothing is measured' };
  if (running === 0)
    return {
      state: 'unknown',
      headline: `0 of ${desired} running, so there is nothing to measure; why-stopped and why-pending say why`,
    };
  if (!cpu || !memory) return withoutData(picture);
  const range = scaling
    ? `; scales between ${scaling.target.MinCapacity} and ${scaling.target.MaxCapacity}`
    : '';
  const { usage } = picture;
  const open = unread.length === 0 ? '' : `; ${listed(unread)} could not be read`;
  return {
    state: unread.length === 0 ? 'healthy' : 'unknown',
    headline: `${running} of ${desired} running, CPU ${ofUsage(usage.cpu)}, memory ${ofUsage(usage.memory)} in ${perfSpan(picture)}${range}${open}`,
  };
}

function ofUsage({ average, maximum }: Picture['usage']['cpu']): string {
  const mean = average.reduce((sum, { value }) => sum + value, 0) / Math.max(1, average.length);
  const highest = Math.max(...maximum.map(({ value }) => value));
  return `${percent(mean)} on average and ${percent(highest)} at most`;
}

function withoutData({ running, desired, service, scope }: Picture): Outcome['answer'] {
  const started = (service.events ?? []).find(({ message = '' }) => /has started \d+ tasks/.test(message));
  const at = started?.createdAt ?? service.deployments?.[0]?.createdAt;
  const age = at === undefined ? Number.POSITIVE_INFINITY : scope.now.getTime() - at.getTime();
  const why =
    age < firstPoint
      ? `its tasks started ${duration(age)} ago, and the first numbers come within five minutes`
      : 'although tasks run: its metrics should be there';
  return { state: 'unknown', headline: `${running} of ${desired} running, no data yet: ${why}` };
}
