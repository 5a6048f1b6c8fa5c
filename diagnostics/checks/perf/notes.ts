import { percentile, summaryOf } from '../../perf/series.ts';
import { percent } from '../../perf-words.ts';
import { plural } from '../../words.ts';
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
  ];
}

const nearlyFull = 0.9;

function storageNote({ usage }: Picture): string[] {
  const used = summaryOf(usage.insights?.storage ?? []);
  const size = percentile(usage.insights?.storageSize ?? [], 1);
  if (!used || size <= 0 || used.last < nearlyFull * size) return [];
  return [`The disk of a task is nearly full: ${used.last.toFixed(1)} of ${size.toFixed(1)} GB.`];
}
