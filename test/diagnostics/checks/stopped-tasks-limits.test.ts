import { describe, expect, it } from 'vitest';
import type { JudgeContext } from '#diagnostics/check.ts';
import { expiredStops } from '#diagnostics/checks/expired-stops.ts';
import { stoppedTasks } from '#diagnostics/checks/stopped-tasks.ts';
import type { Tasks } from '#diagnostics/facts/tasks.ts';
import { context, minutesAgo, now, read, running, service, stopped, tasksOf } from './facts.ts';
import { causes, judge, scaledIn } from './stops.ts';

describe('limits of the answer are said', () => {
  it('stops that were not looked at', () => {
    const facts = { tasks: tasksOf([stopped(1)], [], { listed: 412, looked: 300 }) };
    expect(judge([], facts).details?.notes).toEqual(['Looked at 300 of 412 stopped tasks.']);
  });

  it('pages that were not read', () => {
    const facts = { tasks: tasksOf([stopped(1)], [], { complete: false }) };
    expect(judge([], facts).details?.notes?.[0]).toContain('more stopped tasks than were listed');
  });
});

describe('where nothing is left to read, the ladder goes on', () => {
  const short = read(service({ runningCount: 0 }));
  it.each([
    ['a service that is short and has no stopped task', judge([], { service: short }), ['expired-stops']],
    [
      'a task that ECS has forgotten',
      judge([], { tasks: tasksOf([], [], { forgotten: ['1'] }) }),
      ['expired-stops'],
    ],
    ['a whole service with nothing stopped is left alone', judge([]), []],
    ['a short service with a stop that says why', judge([stopped(1)], { service: short }), []],
  ])('%s', (_, outcome, next) => {
    expect(outcome.next).toEqual(next);
  });
});

describe('asked for more than the hour that ECS remembers', () => {
  const reaching = (hours: number): JudgeContext => ({
    ...context,
    scope: { now, since: minutesAgo(hours * 60) },
  });
  const benign = stopped(10, scaledIn, [{ name: 'app', exitCode: 0 }]);
  it.each([
    ['goes on to what ECS has forgotten', 6, ['expired-stops']],
    ['and not for what ECS still knows', 0.5, []],
  ])('%s', (_, hours, next) => {
    expect(stoppedTasks.judge({ tasks: tasksOf([benign]) }, reaching(hours)).next).toEqual(next);
  });

  it('counts the tasks of both, and each once', () => {
    const recent = stopped(20);
    const stops = [recent, stopped(300)];
    const outcome = expiredStops.judge(
      {
        tasks: tasksOf([benign, recent]),
        service: read(service()),
        capturedStops: read({ group: 'events', stopped: stops }),
      },
      reaching(6),
    );
    expect(causes(outcome)).toEqual([['app-exit-error', 2]]);
    expect(outcome.details?.expectedStops).toMatchObject([{ cause: 'scale-in', count: 1 }]);
  });

  it('says where nothing older is kept, and makes no cause of it', () => {
    const missing = 'event capture is not turned on for cluster prod';
    const outcome = expiredStops.judge(
      {
        tasks: tasksOf([benign]),
        service: read(service()),
        capturedStops: read({ group: 'events', stopped: [], missing }),
        leftoverLogs: read([{ container: 'app', task: '1', lines: [{ message: 'FATAL: boom' }] }]),
      },
      reaching(6),
    );
    expect(outcome.findings).toEqual([]);
    expect(outcome.details?.source).toContain(missing);
  });
});

describe('what was asked about and did not stop is told from "nothing stopped"', () => {
  const task = '0123456789abcdef0123456789abcdef';
  const { service: _, ...noService } = context.target;
  it.each<[string, Partial<Tasks>, JudgeContext['target'], string | undefined, string]>([
    ['a task that ECS has forgotten', { forgotten: [task] }, { ...noService, task }, 'unknown', 'forgotten'],
    [
      'one of a whole service too',
      { forgotten: [task] },
      { ...context.target, task },
      'unknown',
      'forgotten',
    ],
    ['a task that runs', { running: [running()] }, { ...noService, task }, 'healthy', 'it is RUNNING'],
    [
      'a task that drains',
      { stopping: [running({ desiredStatus: 'STOPPED' })] },
      { ...noService, task },
      'healthy',
      'is being stopped',
    ],
    ['a task of another service', {}, { ...context.target, task }, 'unknown', 'not one of its tasks'],
    ['a family that has no task', {}, { ...noService, family: 'typo' }, 'unknown', 'no task of the family'],
    ['a family that runs', { running: [running()] }, { ...noService, family: 'job' }, undefined, ''],
    ['a service', {}, context.target, undefined, ''],
  ])('%s', (_, tasks, target, state, words) => {
    const outcome = stoppedTasks.judge({ tasks: tasksOf([], [], tasks) }, { ...context, target });
    expect(outcome.answer?.state).toBe(state);
    expect(outcome.answer?.headline ?? '').toContain(words);
  });

  it('and a task that lives is not looked for among the forgotten', () => {
    const facts = { tasks: tasksOf([], [running()]) };
    expect(stoppedTasks.judge(facts, { ...context, target: { ...noService, task } }).next).toEqual([]);
  });
});
