import type { Service, Task } from '@aws-sdk/client-ecs';
import { revisionOf } from '../words.ts';
import { type Group, groupOf, type MeasuredPhase, measuredPhases, startsOf } from './phases.ts';

export interface RevisionGroup extends Group {
  revision: string;
}

/** Starts of a service: the newest ones, and those that they are compared with. */
export interface Starts {
  all: readonly Task[];
  /** Of the revision that the service runs; those of its last hour where there are enough of them. */
  newest: RevisionGroup;
  /** What they are compared with: the starts before them. */
  before: Group | undefined;
  /** In words: `api:41`, or `earlier tasks`. */
  beforeName: string;
  byRevision: readonly RevisionGroup[];
  byZone: readonly (Group & { zone: string })[];
}

const hour = 3_600_000;
const samplesAtLeast = 2;

/** Undefined where no task has a start to measure. */
export function compareStarts(tasks: readonly Task[], service: Service, now: Date): Starts | undefined {
  const all = startsOf(tasks);
  const [first] = all;
  if (!first) return undefined;
  const live = all.filter(({ taskDefinitionArn }) => taskDefinitionArn === service.taskDefinition);
  const own =
    live.length > 0
      ? live
      : all.filter(({ taskDefinitionArn }) => taskDefinitionArn === first.taskDefinitionArn);
  const others = all.filter((task) => !own.includes(task));
  const recent = own.filter(({ createdAt }) => now.getTime() - (createdAt?.getTime() ?? 0) < hour);
  const split = others.length === 0 && recent.length > 0 && recent.length < own.length;
  const newest = split ? recent : own;
  const before = split ? own.filter((task) => !recent.includes(task)) : others;
  const revisions = [...new Set(before.map(({ taskDefinitionArn }) => revisionOf(taskDefinitionArn)))];
  return {
    all,
    newest: { ...groupOf(newest), revision: revisionOf(newest[0]?.taskDefinitionArn) },
    before: before.length >= samplesAtLeast ? groupOf(before) : undefined,
    beforeName: split ? 'earlier tasks' : revisions.length === 1 ? (revisions[0] ?? '') : 'earlier revisions',
    byRevision: [...Map.groupBy(all, ({ taskDefinitionArn }) => revisionOf(taskDefinitionArn))].map(
      ([revision, of]) => ({ revision, ...groupOf(of) }),
    ),
    byZone: [...Map.groupBy(newest, ({ availabilityZone }) => availabilityZone ?? 'unknown zone')]
      .map(([zone, of]) => ({ zone, ...groupOf(of) }))
      .sort((a, b) => a.zone.localeCompare(b.zone)),
  };
}

/** A phase that takes much longer than it did. */
export interface Slower {
  phase: MeasuredPhase;
  now: number;
  before: number;
}

const times = 2;
const secondsAtLeast = 20;

/** Phases whose median has at least doubled against the starts before, by more than a few seconds. */
export function slowerThan({ newest, before }: Starts): Slower[] {
  return measuredPhases.flatMap((phase) => {
    const [now, then] = [newest.phases[phase]?.median, before?.phases[phase]?.median];
    if (now === undefined || then === undefined) return [];
    return now >= times * then && now - then >= secondsAtLeast ? [{ phase, now, before: then }] : [];
  });
}
