import type { Host } from '../../facts/perf/host-usage.ts';
import { creditsOf } from '../../perf/burstable.ts';
import { percentile, summaryOf } from '../../perf/series.ts';
import { percent } from '../../perf-words.ts';
import { listed, plural } from '../../words.ts';
import { carriesExtremes } from './cpu-findings.ts';
import type { Picture } from './picture.ts';

/** What the numbers do not say, and what they seem to say and do not. */
export function perfNotes(picture: Picture): string[] {
  const { usage, running, desired, fargate, cpu, definition } = picture;
  const restarts = (usage.insights?.restarts ?? []).reduce((sum, { value }) => sum + value, 0);
  return [
    ...(running > 0 && running < desired
      ? [
          `${running} of ${desired} tasks run: those that run carry the load of all, and the numbers are theirs alone.`,
        ]
      : []),
    ...(running > 1 && usage.cpu.maximum.length > 0 && !carriesExtremes(picture)
      ? ['Highest and average are the same here: these statistics do not tell one task from another.']
      : []),
    ...(cpu && !fargate && cpu.highest > 105 && definition?.cpu === undefined
      ? [
          `CPU stood at ${percent(cpu.highest)}: without a task size it is only a share, and tasks use what is idle on their instance.`,
        ]
      : []),
    ...(restarts > 0
      ? [
          `${plural(restarts, 'restart')} of containers within running tasks: a kill for memory may hide there.`,
        ]
      : []),
    ...storageNote(picture),
    ...hostNotes(picture),
  ];
}

const nearlyFull = 0.9;

function storageNote({ usage }: Picture): string[] {
  const used = summaryOf(usage.insights?.storage ?? []);
  const size = percentile(usage.insights?.storageSize ?? [], 1);
  if (!used || size <= 0 || used.last < nearlyFull * size) return [];
  return [`The disk of a task is nearly full: ${used.last.toFixed(1)} of ${size.toFixed(1)} GB.`];
}

/** Of all CPUs of an instance, percent. */
const busy = 90;
const pointsAtLeast = 3;

/** Instances that the tasks share, where they have little left, or go on at a price. */
function hostNotes({ usage }: Picture): string[] {
  const full = usage.hosts.filter(({ cpu }) => {
    const newest = cpu.slice(-pointsAtLeast);
    return newest.length === pointsAtLeast && newest.every(({ value }) => value >= busy);
  });
  const billed = usage.hosts.filter((host) => creditsOf(host).state === 'surplus');
  const named = (hosts: readonly Host[]) =>
    listed(hosts.slice(0, 3).map(({ id, type = 'instance' }) => `${id} (${type})`));
  return [
    ...(full.length > 0
      ? [
          `${plural(full.length, 'instance')} under its tasks ${full.length === 1 ? 'stands' : 'stand'} above ${busy} % CPU: ${named(full)}. Tasks without a size of their own get less there than elsewhere.`,
        ]
      : []),
    ...(billed.length > 0
      ? [
          `${named(billed)} spent more CPU credits than earned, in unlimited mode: nothing is slowed, and it is billed.`,
        ]
      : []),
  ];
}
