import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { startup } from '#diagnostics/checks/startup.ts';
import { compareStarts, slowerThan } from '#diagnostics/startup/compare.ts';
import { largest, measure } from '#diagnostics/startup/phases.ts';
import { readyOf } from '#diagnostics/startup/ready.ts';
import { context, definition, minutesAgo, now, read, revision, running } from '../checks/facts.ts';

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

describe('how long a task waits for its checks', () => {
  const group = { TargetGroupName: 'api', HealthCheckIntervalSeconds: 30, HealthyThresholdCount: 5 };
  const checked = (interval?: number) => ({
    name: 'app',
    healthCheck: { command: ['CMD', 'true'], interval },
  });
  it.each([
    [
      'one interval of the target group, whatever its threshold',
      [],
      [group],
      { seconds: 30, afterFailure: 150 },
    ],
    ['the longer one of two that run side by side', [checked(60)], [group], { seconds: 60, by: 'container' }],
    ['what ECS assumes where the check does not say', [checked()], [], { seconds: 30 }],
    ['a group without checks', [], [{ ...group, HealthCheckEnabled: false }], undefined],
    ['nothing', [{ name: 'app' }], [], undefined],
    [
      'not for a container that another waited for',
      [
        { name: 'app', dependsOn: [{ containerName: 'app2', condition: 'HEALTHY' as const }] },
        { ...checked(60), name: 'app2' },
      ],
      [],
      undefined,
    ],
  ])('%s', (_, containers, groups, ready) => {
    const found = readyOf(definition(1, containers), groups);
    if (ready === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(ready);
  });
});
