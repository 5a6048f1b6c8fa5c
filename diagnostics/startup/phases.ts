import type { Task } from '@aws-sdk/client-ecs';

/** What a task goes through until it runs, each measured by ECS's own times. */
export const measuredPhases = ['provision', 'pull', 'boot'] as const;
export type MeasuredPhase = (typeof measuredPhases)[number];
/** From running to healthy there is no time in the API: it is worked out from the settings of the checks. */
export type StartPhase = MeasuredPhase | 'ready';

export const startWords: Record<StartPhase, string> = {
  provision: 'provision',
  pull: 'pull',
  boot: 'boot',
  ready: 'ready',
};

/** What happens in a phase, for whoever reads it for the first time. */
export const startMeaning: Record<StartPhase, string> = {
  provision: 'network interface, login to registries, secrets',
  pull: 'download and unpacking of the images',
  boot: 'containers created and started, dependencies among them waited for',
  ready: 'until a health check has passed',
};

/** Seconds of each phase; undefined where the task did not get to its end. */
export function startOf(task: Task): Record<MeasuredPhase, number | undefined> {
  const { createdAt, pullStartedAt, pullStoppedAt, startedAt } = task;
  return {
    provision: between(createdAt, pullStartedAt),
    pull: between(pullStartedAt, pullStoppedAt),
    boot: between(pullStoppedAt, startedAt),
  };
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to && to >= from ? (to.getTime() - from.getTime()) / 1000 : undefined;
}

export interface Measured {
  median: number;
  p95: number;
  tasks: number;
}

/** Undefined where no task got through the phase. */
export function measure(tasks: readonly Task[], phase: MeasuredPhase): Measured | undefined {
  const taken = tasks
    .map((task) => startOf(task)[phase])
    .filter((seconds) => seconds !== undefined)
    .sort((a, b) => a - b);
  if (taken.length === 0) return undefined;
  return { median: quantile(taken, 0.5), p95: quantile(taken, 0.95), tasks: taken.length };
}

/** Between two neighbours in proportion, so that the median of two is their mean. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

export interface Group {
  tasks: readonly Task[];
  phases: Partial<Record<MeasuredPhase, Measured>>;
}

export function groupOf(tasks: readonly Task[]): Group {
  const phases: Group['phases'] = {};
  for (const phase of measuredPhases) {
    const measured = measure(tasks, phase);
    if (measured) phases[phase] = measured;
  }
  return { tasks, phases };
}

/** Tasks that have started, the newest first: where one did not, its last phase ended in a failure. */
export function startsOf(tasks: readonly Task[]): Task[] {
  return tasks
    .filter((task) => task.startedAt && measuredPhases.some((phase) => startOf(task)[phase] !== undefined))
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
}

/** The phase that takes most of a start; undefined where nothing was measured. */
export function largest(seconds: Partial<Record<StartPhase, number>>): StartPhase | undefined {
  const known = Object.entries(seconds) as [StartPhase, number][];
  return known.toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
