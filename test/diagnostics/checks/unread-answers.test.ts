import { describe, expect, it } from 'vitest';
import type { Check } from '#diagnostics/check.ts';
import { changesCheck } from '#diagnostics/checks/changes.ts';
import { perf } from '#diagnostics/checks/perf.ts';
import { startup } from '#diagnostics/checks/startup.ts';
import { timelineCheck } from '#diagnostics/checks/timeline.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import type { ChangeBase } from '#diagnostics/facts/changes/change-base.ts';
import { minutely } from '../perf/points.ts';
import { context, definition, minutesAgo, now, read, revision, running, service, tasksOf } from './facts.ts';

const refused = { ok: false, failure: new FactFailure('no', 'AccessDenied', 'an:Action') };

/** Nothing happened to it since its only deployment, ten hours ago. */
const base: ChangeBase = {
  tasks: tasksOf([], [running({ taskDefinitionArn: revision(2), startedAt: minutesAgo(600) })]),
  service: service(),
  definitions: { [revision(2)]: definition(2) },
  history: [],
  revisions: {},
  compared: {
    from: minutesAgo(600),
    to: now,
    why: 'its only deployment',
    before: { definition: revision(2) },
    after: { definition: revision(2) },
    failing: false,
    unknown: [],
  },
  notChecked: [],
};
const calm = { average: minutely(60, () => 30), maximum: minutely(60, () => 35), minimum: [] };
const things = { values: [], images: [], instances: read([]) };
const restarting = { name: 'app', memory: 512, restartPolicy: { enabled: true } };

const facts = {
  changeBase: base,
  changedThings: read(things),
  serviceScalingActivities: read([]),
  changeCalls: read(undefined),
  deploymentAlarms: read([]),
  scalingAlarms: read([]),
  crashLogs: read([]),
  service: service(),
  serviceUsage: read({
    from: minutesAgo(60),
    to: now,
    period: 60,
    cpu: calm,
    memory: calm,
    samples: minutely(60, () => 2),
    hosts: [],
  }),
  containerInsights: read('enabled'),
  serviceHosts: read({ hosts: [], more: false }),
  deployedTaskDefinitions: read({ [revision(2)]: definition(2, [restarting]) }),
  recentStops: read([]),
  scalableTarget: read(undefined),
  scalingPolicies: read([]),
  tasks: tasksOf([], [started()]),
  checkSettings: read([]),
  slowStarts: read({}),
  pullSizes: read(undefined),
};

function started() {
  const at = (seconds: number) => new Date(minutesAgo(600).getTime() + seconds * 1000);
  return running({
    taskDefinitionArn: revision(2),
    createdAt: at(0),
    pullStartedAt: at(8),
    pullStoppedAt: at(20),
    startedAt: at(22),
  });
}

const answerOf = (check: unknown, given: Record<string, unknown>) =>
  (check as Check).judge({ ...facts, ...given } as never, context).answer;

const checks = { changes: changesCheck, timeline: timelineCheck, perf, startup };

describe('a service that is well', () => {
  it.each(Object.entries(checks))('is so for %s', (_, check) => {
    expect(answerOf(check, {})?.state).toBe('healthy');
  });
});

describe('nothing is called well of which a part could not be read', () => {
  const without = (part: string) => ({
    changeBase: { ...base, notChecked: [{ check: part, reason: 'AccessDenied', missing: 'an:Action' }] },
  });
  it.each<[keyof typeof checks, Record<string, unknown>, RegExp]>([
    ['timeline', without('the history of deployments'), /the history of deployments could not be read/],
    ['timeline', without('the task definitions'), /^could not tell all that happened/],
    ['timeline', { changedThings: refused }, /the secrets, images and instances could not be read/],
    ['timeline', { serviceScalingActivities: refused }, /what scaled the service last could not be read/],
    ['timeline', { deploymentAlarms: refused }, /could not be read/],
    ['timeline', { scalingAlarms: refused }, /could not be read/],
    ['changes', without('the history of deployments'), /^no change was seen between .* could not be read/],
    ['changes', { serviceScalingActivities: refused }, /what scaled the service last could not be read/],
    ['perf', { serviceScalingActivities: refused }, /whether its scaling follows could not be read/],
    ['perf', { deployedTaskDefinitions: refused }, /where its memory ends could not be read/],
    ['perf', { containerInsights: refused }, /whether its containers were started anew could not be read/],
    ['perf', { serviceHosts: read({ hosts: [], more: true }) }, /instances beyond the first 100/],
    ['perf', { serviceHosts: refused }, /whether its instances have CPU credits could not be read/],
    ['startup', { slowStarts: refused }, /until it is ready could not be read/],
    ['startup', { deployedTaskDefinitions: refused }, /until it is ready could not be read/],
  ])('%s without %o', (command, given, headline) => {
    const answer = answerOf(checks[command], given);
    expect(answer?.state).toBe('unknown');
    expect(answer?.headline).toMatch(headline);
  });

  it('but who made a change decides nothing about what was changed', () => {
    expect(answerOf(changesCheck, { changeCalls: refused })?.state).toBe('healthy');
  });
});
