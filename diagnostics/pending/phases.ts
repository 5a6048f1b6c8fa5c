import type { Attachment, Task } from '@aws-sdk/client-ecs';

/** The stations of a task on its way to RUNNING, in order. */
export const phases = ['placement', 'network', 'volume', 'init', 'pull', 'create', 'activation'] as const;
export type Phase = (typeof phases)[number];

export const phaseWords: Record<Phase, string> = {
  placement: 'waits for an instance',
  network: 'waits for its network interface',
  volume: 'waits for its volume',
  init: 'logs in to registries and fetches secrets',
  pull: 'pulls its images',
  create: 'creates and starts its containers',
  activation: 'registers with load balancer and service discovery',
};

/** Where a pending task stands. */
export interface Station {
  phase: Phase;
  /** When the phase began; undefined where AWS does not say. */
  since?: Date;
  /** Status of the attachment that it waits for. */
  attachment?: string;
}

/** Undefined for a task that has started, or is meant to stop. */
export function stationOf(task: Task): Station | undefined {
  if (task.startedAt || task.desiredStatus === 'STOPPED' || task.lastStatus === 'RUNNING') {
    return task.lastStatus === 'ACTIVATING' ? { phase: 'activation', since: task.startedAt } : undefined;
  }
  if (task.lastStatus === 'ACTIVATING') return { phase: 'activation', since: task.pullStoppedAt };
  if (task.pullStoppedAt) return { phase: 'create', since: task.pullStoppedAt };
  if (task.pullStartedAt) return { phase: 'pull', since: task.pullStartedAt };
  if (waitsForInstance(task)) return { phase: 'placement', since: task.createdAt };
  const eni = unready(task, /ElasticNetworkInterface/i);
  if (eni && !task.connectivityAt) return { phase: 'network', since: task.createdAt, attachment: eni.status };
  const volume = unready(task, /ElasticBlockStorage|EBS/i);
  if (volume) {
    return { phase: 'volume', since: task.connectivityAt ?? task.createdAt, attachment: volume.status };
  }
  return { phase: 'init', since: task.connectivityAt ?? task.createdAt };
}

function waitsForInstance(task: Task): boolean {
  if (task.containerInstanceArn !== undefined || task.lastStatus !== 'PROVISIONING') return false;
  const provider = task.capacityProviderName ?? '';
  if (provider !== '') return !provider.startsWith('FARGATE');
  return task.launchType === 'EC2' || task.launchType === 'MANAGED_INSTANCES';
}

function unready({ attachments = [] }: Task, type: RegExp): Attachment | undefined {
  const ready = new Set(['ATTACHED', 'DETACHING', 'DETACHED', 'DELETED']);
  return attachments.find((each) => type.test(each.type ?? '') && !ready.has(each.status ?? ''));
}

/** Seconds that a task took for a phase; undefined where it never finished it. */
export function durationOf(phase: Phase, task: Task): number | undefined {
  const { createdAt, connectivityAt, pullStartedAt, pullStoppedAt, startedAt } = task;
  switch (phase) {
    case 'placement':
    case 'network':
      return between(createdAt, connectivityAt);
    case 'volume':
    case 'init':
      return between(connectivityAt ?? createdAt, pullStartedAt);
    case 'pull':
      return between(pullStartedAt, pullStoppedAt);
    case 'create':
      return between(pullStoppedAt, startedAt);
    case 'activation':
      return undefined;
  }
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to && to >= from ? (to.getTime() - from.getTime()) / 1000 : undefined;
}

/**
 * Seconds after which a phase counts as stuck where the service's own history is too short to say. An interface is
 * there within seconds; an instance that a capacity provider launches has to boot and to start its agent; agents
 * retry a refused or unreachable endpoint for minutes before they say so; the size of the images is not known here,
 * so pulling gets the longest time.
 */
const floors: Record<Phase, number> = {
  placement: 300,
  network: 60,
  volume: 120,
  init: 90,
  pull: 300,
  create: 60,
  activation: 300,
};

/** Fewer samples than this say nothing about what is normal. */
const samplesAtLeast = 5;
const timesTheMedian = 3;
/** Of the absolute limit: however quick a phase usually is, a few seconds more are no fault. */
const leastShare = 0.25;
/** That tasks were placed at once while there was room says nothing about the launch of an instance. */
const leastShareOf: Partial<Record<Phase, number>> = { placement: 1 };
/** Whatever its history says, a start in its first minute is a start. */
const firstMinute = 60;

export interface Normal {
  /** Median of the phase over the service's own tasks, seconds; undefined where there are too few. */
  median?: number;
  samples: number;
  /** Seconds beyond which the phase is stuck. */
  limit: number;
}

/** What is normal for a phase of this very service. */
export function normalOf(phase: Phase, tasks: readonly Task[]): Normal {
  const taken = tasks
    .map((task) => durationOf(phase, task))
    .filter((seconds) => seconds !== undefined)
    .sort((a, b) => a - b);
  if (taken.length < samplesAtLeast) return { samples: taken.length, limit: floors[phase] };
  const middle = Math.floor(taken.length / 2);
  const upper = taken[middle] ?? 0;
  const median = taken.length % 2 === 0 ? ((taken[middle - 1] ?? 0) + upper) / 2 : upper;
  return {
    median,
    samples: taken.length,
    limit: Math.max(timesTheMedian * median, (leastShareOf[phase] ?? leastShare) * floors[phase]),
  };
}

/** Whether a task is stuck in its phase: longer than normal, and no longer in its first minute. */
export function isStuck(task: Task, station: Station, normal: Normal, now: Date): boolean {
  const age = task.createdAt ? (now.getTime() - task.createdAt.getTime()) / 1000 : Number.POSITIVE_INFINITY;
  return age > firstMinute && elapsed(station, now) > normal.limit;
}

/** Seconds in the phase so far. */
export function elapsed({ since }: Station, now: Date): number {
  return since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0;
}
