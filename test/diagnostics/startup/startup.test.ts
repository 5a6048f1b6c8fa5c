import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { startup } from '#diagnostics/checks/startup.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import { compareStarts, slowerThan } from '#diagnostics/startup/compare.ts';
import { largest, measure } from '#diagnostics/startup/phases.ts';
import { type Ready, readyOf } from '#diagnostics/startup/ready.ts';
import { startupLines } from '#diagnostics/startup-words.ts';
import { context, definition, minutesAgo, now, read, revision, running, tasksOf } from '../checks/facts.ts';

const service = { serviceName: 'api', taskDefinition: revision(2) };

/** A task created so many minutes ago, with seconds for each phase. */
function started(ago: number, [provision, pull, boot]: readonly number[], number = 2): Task {
  const at = (seconds: number) => new Date(minutesAgo(ago).getTime() + seconds * 1000);
  return running({
    taskDefinitionArn: revision(number),
    createdAt: at(0),
    pullStartedAt: at(provision ?? 0),
    pullStoppedAt: at((provision ?? 0) + (pull ?? 0)),
    startedAt: at((provision ?? 0) + (pull ?? 0) + (boot ?? 0)),
    availabilityZone: 'us-east-1a',
  });
}

describe('the phases of a start', () => {
  const tasks = [10, 20, 60].map((pull) => started(5, [8, pull, 2]));

  it('are medians with the slow end beside them', () => {
    expect(measure(tasks, 'pull')).toMatchObject({ median: 20, tasks: 3 });
    expect(measure(tasks, 'pull')?.p95).toBeCloseTo(56);
  });

  it('of a task that never ran are not compared: its pull may have ended in a failure', () => {
    const { startedAt: _, ...stuck } = started(5, [8, 30, 2]);
    expect(compareStarts([stuck], service, now)).toBeUndefined();
  });

  it.each([
    [{ provision: 9, pull: 90, boot: 3 }, 'pull'],
    [{ provision: 9, pull: 9, boot: 3, ready: 30 }, 'ready'],
    [{}, undefined],
  ])('%o: most is %s', (seconds, phase) => {
    expect(largest(seconds)).toBe(phase);
  });
});

describe('what starts are compared with', () => {
  it('is the revision before', () => {
    const starts = compareStarts(
      [started(5, [8, 90, 2]), ...[60, 70].map((ago) => started(ago, [8, 12, 2], 1))],
      service,
      now,
    );
    expect(starts?.beforeName).toBe('api:1');
    expect(starts && slowerThan(starts)).toEqual([{ phase: 'pull', now: 90, before: 12 }]);
  });

  it('is what the same revision did before the last hour', () => {
    const starts = compareStarts(
      [started(5, [70, 12, 2]), ...[300, 400].map((ago) => started(ago, [9, 12, 2]))],
      service,
      now,
    );
    expect(starts?.beforeName).toBe('earlier tasks');
    expect(starts && slowerThan(starts).map(({ phase }) => phase)).toEqual(['provision']);
  });

  it('is nothing for a single start before', () => {
    const starts = compareStarts([started(5, [8, 90, 2]), started(60, [8, 12, 2], 1)], service, now);
    expect(starts && slowerThan(starts)).toEqual([]);
  });

  it('does not count seconds that double', () => {
    const starts = compareStarts(
      [started(5, [8, 8, 2]), ...[60, 70].map((ago) => started(ago, [8, 3, 2], 1))],
      service,
      now,
    );
    expect(starts && slowerThan(starts)).toEqual([]);
  });

  it('is undefined where no task has a start', () => {
    expect(compareStarts([running({ createdAt: now })], service, now)).toBeUndefined();
  });
});

describe('the wait until it is ready', () => {
  const judged = (more: object) =>
    startup.judge(
      {
        service: { ...service, loadBalancers: [{ targetGroupArn: 'arn:api', containerName: 'app' }] },
        tasks: tasksOf([], [started(5, [8, 9, 2]), started(9, [8, 9, 2])]),
        deployedTaskDefinitions: read({ [revision(2)]: definition(2) }),
        checkSettings: read([group]),
        slowStarts: read({}),
        ...more,
      },
      context,
    );
  const said = (more: object) => {
    const details = judged(more).details?.startup;
    return details && startupLines(details).find(({ label }) => label === 'Ready')?.text;
  };
  const refused = { ok: false as const, failure: new FactFailure('no', 'AccessDenied', 'an:Action') };

  it.each([
    ['is told', {}, /^up to 30 s after it runs/],
    ['is nothing where nothing checks it', { checkSettings: read([]) }, /^nothing checks it/],
    [
      'is not called nothing where the checks could not be read',
      { checkSettings: refused },
      /could not be read/,
    ],
    [
      'is at least what is known where the slow start could not be read',
      { slowStarts: refused },
      /^up to 30 s after it runs.* \(estimated, and not all of it could be read\)$/,
    ],
  ])('%s', (_, more, text) => {
    expect(said(more)).toMatch(text);
  });

  it.each([
    [
      'a long interval',
      { checkSettings: read([{ ...group, HealthCheckIntervalSeconds: 200 }]) },
      'warn',
      /until a health check has passed/,
    ],
    [
      'a slow start that somebody chose',
      { slowStarts: read({ 'arn:api': 300 }) },
      'info',
      /until it gets its full share of requests/,
    ],
  ])('of %s', (_, more, severity, summary) => {
    const [finding] = judged(more).findings;
    expect(finding).toMatchObject({ cause: 'slow-start-ready', severity });
    expect(finding?.summary).toMatch(summary);
  });
});

describe('a phase that takes most of a long start', () => {
  it.each([
    [1, 'likely'],
    [2, 'confirmed'],
  ])('over %i starts is %s', (count, status) => {
    const pulls = Array.from({ length: count }, (_, index) => started(5 + index, [8, 200, 2]));
    const tasks = {
      running: pulls,
      stopped: [],
      stopping: [],
      forgotten: [],
      listed: count,
      looked: count,
      complete: true,
      runningComplete: true,
    };
    const facts = { service, tasks, deployedTaskDefinitions: read({ [revision(2)]: definition(2) }) };
    const { findings } = startup.judge(facts, context);
    expect(findings.map((finding) => [finding.cause, finding.status])).toEqual([['slow-start-pull', status]]);
  });
});

const group = {
  TargetGroupArn: 'arn:api',
  TargetGroupName: 'api',
  HealthCheckIntervalSeconds: 30,
  HealthyThresholdCount: 5,
};
const checked = (interval?: number) => ({ name: 'app', healthCheck: { command: ['CMD', 'true'], interval } });

describe('how long a task waits for its checks', () => {
  it.each<[string, ContainerDefinition[], TargetGroup[], Record<string, number>, Partial<Ready> | undefined]>(
    [
      [
        'one interval of the target group, whatever its threshold',
        [],
        [group],
        {},
        { seconds: 30, afterFailure: 150, slowStart: 0, others: 0 },
      ],
      [
        'the slow start after it, which the group gives its targets',
        [checked(20)],
        [group],
        { 'arn:api': 120 },
        { seconds: 150, afterFailure: 270, interval: 30, slowStart: 120, others: 20 },
      ],
      [
        'the longer one of two that run side by side',
        [checked(60)],
        [group],
        {},
        { seconds: 60, by: 'container', others: 30 },
      ],
      [
        'longer than anybody can say of a network load balancer',
        [],
        [{ ...group, Protocol: 'TCP' }],
        {},
        { seconds: 30, slowToRegister: true },
      ],
      ['what ECS assumes where the check does not say', [checked()], [], {}, { seconds: 30 }],
      ['a group without checks', [], [{ ...group, HealthCheckEnabled: false }], {}, undefined],
      ['nothing', [{ name: 'app' }], [], {}, undefined],
      [
        'not for a container that another waited for',
        [
          { name: 'app', dependsOn: [{ containerName: 'app2', condition: 'HEALTHY' as const }] },
          { ...checked(60), name: 'app2' },
        ],
        [],
        {},
        undefined,
      ],
    ],
  )('%s', (_, containers, groups, slow, ready) => {
    const found = readyOf(definition(1, containers), groups, slow);
    if (ready === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(ready);
  });
});

describe('what a shorter wait would gain', () => {
  const quick = [1, 2, 3].map((ago) => started(ago, [2, 3, 1]));
  const advised = (
    containers: ContainerDefinition[],
    groups: TargetGroup[],
    slow: Record<string, number>,
  ) => {
    const facts = {
      service: {
        ...service,
        loadBalancers: groups.map(({ TargetGroupArn: targetGroupArn }) => ({ targetGroupArn })),
      },
      tasks: tasksOf([], quick),
      deployedTaskDefinitions: read({ [revision(2)]: definition(2, containers) }),
      checkSettings: read(groups),
      slowStarts: read(slow),
    };
    return startup.judge(facts, context).findings[0]?.fix;
  };
  it.each<[string, ContainerDefinition[], TargetGroup[], Record<string, number>, RegExp, RegExp]>([
    [
      'of the target group',
      [],
      [{ ...group, HealthCheckIntervalSeconds: 180 }],
      {},
      /An interval of 10 s saves up to 2 min 50 s of each start;/,
      /modify-target-group --target-group-arn arn:api --health-check-interval-seconds 10/,
    ],
    [
      'of the target group, as far as another check lets it',
      [checked(60)],
      [{ ...group, HealthCheckIntervalSeconds: 180 }],
      {},
      /saves up to 2 min of each start \(another check beside it takes 60 s\)/,
      /modify-target-group /,
    ],
    [
      'of one container, and of no other',
      [checked(200), { ...checked(30), name: 'envoy' }],
      [],
      {},
      /saves up to 2 min 50 s of each start \(another check beside it takes 30 s\)/,
      /select\(\.name == "app"\)\)\.healthCheck\.interval = 10'/,
    ],
    [
      'of the slow start',
      [],
      [group],
      { 'arn:api': 300 },
      /Without it that is so up to 5 min sooner, with the least of 30 s up to 4 min 30 s/,
      /modify-target-group-attributes --target-group-arn arn:api --attributes Key=slow_start\.duration_seconds,Value=0/,
    ],
  ])('%s', (_, containers, groups, slow, summary, cli) => {
    const fix = advised(containers, groups, slow);
    expect(fix?.summary).toMatch(summary);
    expect(fix?.cli).toMatch(cli);
  });
});
