import { describe, expect, it } from 'vitest';
import { changeRows } from '#diagnostics/changes/rows.ts';
import type { ChangeBase } from '#diagnostics/facts/changes/change-base.ts';
import type { ReadValue } from '#diagnostics/facts/changes/read-values.ts';
import { minutesAgo, revision, running, service, stopped, tasksOf } from '../checks/facts.ts';

const base: ChangeBase = {
  tasks: tasksOf([]),
  service: service(),
  definitions: {},
  history: [],
  revisions: {},
  compared: {
    from: minutesAgo(60),
    to: minutesAgo(10),
    why: 'the last good start and the first bad stop',
    before: { definition: revision(1) },
    after: { definition: revision(2) },
    failing: true,
    unknown: [],
  },
  notChecked: [],
};

const value = (kind: ReadValue['kind'], ago: number | undefined, deleted = false): ReadValue => ({
  kind,
  name: '/prod/api/password',
  id: 'arn',
  region: 'us-east-1',
  state: {
    ok: true,
    value: ago === undefined ? undefined : { changedAt: minutesAgo(ago), deleted },
  },
});

describe('a value that tasks read as they start', () => {
  it.each<[string, ReadValue, string[]]>([
    ['a secret, in that time', value('secret', 20), ['the secret /prod/api/password was changed']],
    ['a secret, before', value('secret', 61), []],
    ['a secret, after', value('secret', 5), []],
    ['a secret, deleted then', value('secret', 20, true), ['the secret /prod/api/password was deleted']],
    ['a parameter, in that time', value('parameter', 20), ['the parameter /prod/api/password was changed']],
    ['a parameter, before', value('parameter', 61), []],
    ['a parameter that is not listed', value('parameter', undefined), []],
    [
      'a parameter that could not be read',
      {
        ...value('parameter', 20),
        state: { ok: false, notChecked: { check: 'when it was changed', reason: 'AccessDenied' } },
      },
      [],
    ],
  ])('%s', (_, one, texts) => {
    const things = { values: [one], images: [], instances: { ok: true as const, value: [] } };
    expect(changeRows({ base, things }).map(({ text }) => text)).toEqual(texts);
  });
});

it('the instances of tasks that run are told from those of failed ones, and of one that still waits', () => {
  const host = (containerInstanceArn: string, ami: string) => ({
    containerInstanceArn,
    attributes: [{ name: 'ecs.ami-id', value: ami }],
  });
  const tasks = tasksOf(
    [stopped(12, { containerInstanceArn: 'b' })],
    [running({ containerInstanceArn: 'a' }), running({ containerInstanceArn: 'b', lastStatus: 'PENDING' })],
  );
  const instances = { ok: true as const, value: [host('a', 'ami-1'), host('b', 'ami-2')] };
  const rows = changeRows({ base: { ...base, tasks }, things: { values: [], images: [], instances } });
  expect(rows.map(({ text }) => text)).toEqual(['AMI ami-1 where tasks run, ami-2 where they failed']);
});

it('an instance that tasks were taken from, and none failed on, shows nothing', () => {
  const host = (containerInstanceArn: string, ami: string) => ({
    containerInstanceArn,
    attributes: [{ name: 'ecs.ami-id', value: ami }],
  });
  const scaledIn = {
    stopCode: 'ServiceSchedulerInitiated' as const,
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
  };
  const tasks = tasksOf(
    [stopped(12, { containerInstanceArn: 'b', ...scaledIn }, [{ name: 'app', exitCode: 0 }])],
    [running({ containerInstanceArn: 'a' })],
  );
  const instances = { ok: true as const, value: [host('a', 'ami-1'), host('b', 'ami-2')] };
  expect(changeRows({ base: { ...base, tasks }, things: { values: [], images: [], instances } })).toEqual([]);
});
