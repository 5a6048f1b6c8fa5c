import type { JudgeContext, Outcome } from '../../check.ts';
import type { Settled } from '../../fact.ts';
import type { TaskMemoryFact } from '../../facts/perf/task-memory.ts';
import { performanceGroup } from '../../perf/task-samples.ts';
import { samplesMiss, taskMemoryHeadline } from '../../perf-words.ts';

type Part = Pick<Outcome, 'answer' | 'details' | 'notChecked'>;

/**
 * What is said of the one task that was named; nothing where none was. Samples decide neither that memory ended a task
 * nor that it did not, so that the answer about a task that is gone stays open whatever they show.
 */
export function taskPart(
  settled: Settled<TaskMemoryFact | undefined> | undefined,
  { target }: JudgeContext,
): Part {
  if (target.task === undefined || settled === undefined) return {};
  const unknown = (headline: string) => ({ state: 'unknown', headline }) as const;
  const name = `task ${target.task.slice(0, 8)}`;
  if (!settled.ok) {
    const { missing, message } = settled.failure;
    const why = missing === undefined ? message : `not allowed to call ${missing}`;
    return { answer: unknown(`could not tell what memory ${name} used, ${why}`) };
  }
  const found = settled.value;
  if (!found) return {};
  const { notChecked } = found;
  switch (found.kind) {
    case 'off':
      return {
        answer: unknown(
          `could not tell what memory ${name} used: the cluster has no Container Insights, and without it AWS keeps no numbers of one task`,
        ),
        notChecked,
      };
    case 'none':
      return {
        answer: unknown(
          `could not tell what memory ${name} used: ${performanceGroup(target.cluster ?? '')} holds no sample of it; the group keeps a day unless somebody changed that`,
        ),
        notChecked,
      };
    case 'unread':
      return { answer: unknown(`could not tell what memory ${name} used: ${found.why}`), notChecked };
    case 'samples':
      return {
        // What runs is well as far as the service is.
        ...(found.memory.state !== 'running' && { answer: unknown(taskMemoryHeadline(found.memory)) }),
        details: { taskMemory: found.memory, notes: [samplesMiss] },
        notChecked,
      };
  }
}
