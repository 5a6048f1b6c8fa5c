import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { perf } from '#diagnostics/checks/perf.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import type { ServiceUsage } from '#diagnostics/facts/perf/usage.ts';
import { minutely } from '../perf/points.ts';
import { context, definition, minutesAgo, now, revision, stopped } from './facts.ts';

type Curve = (ago: number) => number;

function usage(
  cpu: [highest: Curve, average: Curve],
  memory: Curve,
  samples = 6,
  minutes = 180,
): ServiceUsage {
  const of = (highest: Curve, average: Curve) => ({
    maximum: minutely(minutes, highest),
    average: minutely(minutes, average),
    minimum: minutely(minutes, average),
  });
  return {
    from: minutesAgo(minutes + 2),
    to: now,
    period: 60,
    cpu: of(...cpu),
    memory: of(memory, memory),
    samples: minutely(minutes, () => samples),
    hosts: [],
  };
}

/** The same, without the points of the last so many minutes. */
function endedBefore(ago: number, used: ServiceUsage): ServiceUsage {
  const until = (points: ServiceUsage['samples']) => points.filter(({ at }) => at <= minutesAgo(ago));
  const of = ({ average, maximum, minimum }: ServiceUsage['cpu']) => ({
    average: until(average),
    maximum: until(maximum),
    minimum: until(minimum),
  });
  return { ...used, cpu: of(used.cpu), memory: of(used.memory), samples: until(used.samples) };
}

interface Case {
  service?: Partial<Service>;
  used?: ServiceUsage;
  task?: Partial<TaskDefinition>;
  /** Null where they could not be read. */
  stops?: Task[] | null;
}

function restarted(ago: number, used: ServiceUsage): ServiceUsage {
  const none = { running: [], desired: [], storage: [], storageSize: [] };
  return { ...used, insights: { ...none, restarts: [{ at: minutesAgo(ago), value: 1 }] } };
}

const calm: [Curve, Curve] = [() => 30, () => 28];
const leak: Curve = (ago) => 25 + ((180 - ago) % 60) * 1.25;

function judged({ service, used = usage(calm, () => 40), task, stops = [] }: Case) {
  const ok = <T>(value: T) => ({ ok: true, value }) as const;
  return perf.judge(
    {
      service: {
        serviceName: 'api',
        taskDefinition: revision(2),
        launchType: 'FARGATE',
        desiredCount: 2,
        runningCount: 2,
        loadBalancers: [{ targetGroupArn: 'arn' }],
        ...service,
      },
      serviceUsage: ok(used),
      containerInsights: ok('disabled'),
      deployedTaskDefinitions: ok({
        [revision(2)]: { ...definition(2, [{ name: 'app' }]), cpu: '256', memory: '512', ...task },
      }),
      recentStops: stops === null ? { ok: false, failure: new FactFailure('no', 'AccessDenied') } : ok(stops),
      scalableTarget: ok(undefined),
      scalingPolicies: ok([]),
      serviceScalingActivities: ok([]),
      scalingAlarms: ok([]),
    },
    context,
  );
}

const found = (given: Case) => judged(given).findings.map(({ cause, status }) => `${cause} ${status}`);

describe('memory', () => {
  it.each<[string, Case, string[]]>([
    [
      'that climbs to its limit and falls again and again, the last time before the hour that ECS remembers',
      { used: usage(calm, (ago) => leak(Math.max(ago, 60))) },
      ['memory-climbing likely'],
    ],
    [
      'that falls at its limit within that hour while no task stops: a heap collected late looks the same',
      { used: usage(calm, (ago) => 25 + ((220 - ago) % 60) * 1.25) },
      ['memory-climbing open'],
    ],
    [
      'that falls there, and the stops could not be read',
      { used: usage(calm, (ago) => 25 + ((220 - ago) % 60) * 1.25), stops: null },
      ['memory-climbing likely'],
    ],
    [
      'that falls again and again before its limit, and no stop is remembered',
      { used: usage(calm, (ago) => 25 + ((720 - ago) % 70)) },
      ['memory-climbing open'],
    ],
    [
      'that falls as a task fails',
      { used: usage(calm, (ago) => 25 + ((720 - ago) % 70)), stops: [stopped(20)] },
      ['memory-climbing likely'],
    ],
    [
      'that falls as a task is taken away for want of work',
      {
        used: usage(calm, (ago) => 25 + ((720 - ago) % 70)),
        stops: [
          stopped(20, {
            stopCode: 'ServiceSchedulerInitiated',
            stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
          }),
        ],
      },
      ['memory-climbing open'],
    ],
    [
      'that falls as a container is started anew within its task',
      {
        used: restarted(
          20,
          usage(calm, (ago) => 25 + ((720 - ago) % 70)),
        ),
      },
      ['memory-climbing likely'],
    ],
    [
      'that falls when a deployment replaces the tasks is no kill',
      {
        used: usage(calm, (ago) => (ago > 31 ? 98 - (ago - 31) * 0.5 : 22)),
        service: { deployments: [{ status: 'PRIMARY', createdAt: minutesAgo(32) }] },
      },
      [],
    ],
    ['that is high and steady', { used: usage(calm, () => 93) }, []],
    [
      'that rises for three hours and is nearly there',
      { used: usage(calm, (ago) => 92 - ago * 0.3) },
      ['memory-climbing likely'],
    ],
    [
      'beyond what an instance reserves for it meets no limit there',
      {
        used: usage(calm, (ago) => 152 - ago * 0.3),
        service: { launchType: 'EC2' },
        task: { memory: undefined, containerDefinitions: [{ name: 'app', memoryReservation: 256 }] },
      },
      [],
    ],
    [
      'whose last number is an hour old is nowhere near anything now',
      {
        used: endedBefore(
          60,
          usage(calm, (ago) => 92 - ago * 0.3),
        ),
      },
      [],
    ],
    ['that rises slowly and is far from its limit', { used: usage(calm, (ago) => 50 - ago * 0.12) }, []],
  ])('%s', (_, given, causes) => {
    expect(found(given)).toEqual(causes);
  });

  it('that falls for a reason that nothing shows leaves a service that is well, well', () => {
    const { findings, answer } = judged({ used: usage(calm, (ago) => 25 + ((720 - ago) % 70)) });
    expect(findings.map(({ severity }) => severity)).toEqual(['info']);
    expect(findings[0]?.summary).toContain('a heap that is collected late looks the same');
    expect(answer?.state).toBe('healthy');
  });

  it('below 80 % does not speak against a kill that ECS reports', () => {
    const oom = {
      name: 'app',
      exitCode: 137,
      reason: 'OutOfMemoryError: container killed due to memory usage',
    };
    const [first] = judged({ stops: [stopped(8, {}, [oom])] }).findings;
    expect(first?.cause).toBe('oom-container');
    expect(first?.summary).toContain('tops at 40 %, which does not speak against it');
  });
});

const pinned: [Curve, Curve] = [() => 99, () => 97];

describe('CPU', () => {
  it.each<[string, Case, string[]]>([
    ['at its limit', { used: usage(pinned, () => 40) }, ['cpu-saturated confirmed']],
    [
      'beyond 100 % on an instance, where nothing limits the task',
      {
        used: usage([() => 240, () => 190], () => 40),
        service: { launchType: 'EC2' },
        task: { cpu: undefined, containerDefinitions: [{ name: 'app', cpu: 256, memory: 512 }] },
      },
      [],
    ],
    [
      'of one task far above the average',
      { used: usage([() => 97, () => 50], () => 40) },
      ['hot-task likely'],
    ],
    [
      'that only one value a minute tells of does not show a hot task',
      { used: usage([() => 97, () => 50], () => 40, 1) },
      [],
    ],
    [
      'of a single task has no average to be above',
      { used: usage([() => 97, () => 50], () => 40), service: { runningCount: 1, desiredCount: 1 } },
      [],
    ],
    [
      'at its limit until an hour ago, and without numbers since',
      {
        used: endedBefore(
          60,
          usage(pinned, () => 40),
        ),
      },
      [],
    ],
    ['of tasks that are gone', { used: usage(pinned, () => 40), service: { runningCount: 0 } }, []],
    ['of a peak of three minutes', { used: usage([(ago) => (ago < 5 ? 99 : 20), () => 20], () => 40) }, []],
  ])('%s', (_, given, causes) => {
    expect(found(given)).toEqual(causes);
  });

  it('of a worker at its limit is told, and no fault by itself', () => {
    const { findings } = judged({ used: usage(pinned, () => 40), service: { loadBalancers: [] } });
    expect(findings.map(({ cause, severity }) => [cause, severity])).toEqual([['cpu-saturated', 'info']]);
  });
});

describe('running against desired comes first', () => {
  const none = usage(calm, () => 40, 6, 0);
  it.each<[string, Partial<Service>, string, RegExp]>([
    ['none of two', { runningCount: 0 }, 'unknown', /0 of 2 running, so there is nothing to measure/],
    ['none meant to', { runningCount: 0, desiredCount: 0 }, 'healthy', /desired count is 0/],
    ['without data', {}, 'unknown', /no data yet: although tasks run/],
  ])('%s', (_, service, state, headline) => {
    const { answer } = judged({ used: none, service });
    expect(answer?.state).toBe(state);
    expect(answer?.headline).toMatch(headline);
  });
});
