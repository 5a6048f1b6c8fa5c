import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { RightGroup } from '#diagnostics/access/groups.ts';
import type { FactContext } from '#diagnostics/fact.ts';
import { hostRights } from '#diagnostics/facts/access/host-rights.ts';
import { instanceRoles } from '#diagnostics/facts/instance-role.ts';
import { revision, running, service, stopped, tasksOf } from '../checks/facts.ts';

const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
const roleArn = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const host = (name: string) => `arn:aws:ecs:us-east-1:222222222222:container-instance/prod/${name}`;
const on = (name: string, more: Partial<Task> = {}) => ({
  containerInstanceArn: host(name),
  taskDefinitionArn: revision(3),
  ...more,
});
const failed = (name: string) => stopped(5, on(name, { stopCode: 'TaskFailedToStart' }));

describe('the roles of instances that decide about a revision', () => {
  const roles = ['a', 'b'].map((name) => ({ arn: roleArn(name), name, profile: name, hosts: [host(name)] }));

  async function asked(known: ReturnType<typeof tasksOf>, found: { roles: typeof roles; says?: string }) {
    const values: Record<string, unknown> = {
      'judged-revision': {
        definition: {
          taskDefinitionArn: revision(3),
          containerDefinitions: [
            { name: 'app', logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/a' } } },
          ],
        },
        home: { partition: 'aws', region: 'us-east-1', account: '222222222222' },
        launch: 'ec2',
      },
      'instance-roles': found,
      tasks: known,
    };
    const context = {
      read: async (source: { id: string }, group?: RightGroup) =>
        source.id === 'group-rights'
          ? group?.rights.map((right) => ({ right, reading: ok({ answer: 'missing' }) }))
          : values[source.id],
      settle: async (source: { id: string }) => ok(values[source.id]),
    } as object as FactContext;
    const read = await hostRights.load(context, undefined);
    return [
      ...new Set(read.map(({ right: { by } }) => `${by?.arn.split('/').at(-1)} ${by?.says ?? ''}`.trim())),
    ];
  }

  it.each([
    ['are those that its tasks failed on', tasksOf([failed('a')], [running(on('b'))]), ['a']],
    ['are those that it runs on, where none failed', tasksOf([], [running(on('b'))]), ['b']],
    [
      'are all, where it has no task',
      tasksOf([], [running(on('a', { taskDefinitionArn: revision(2) }))]),
      ['a others', 'b others'],
    ],
    ['are not all, where one of its hosts is not known', tasksOf([failed('a'), failed('c')]), ['a others']],
  ])('%s', async (_, known, expected) => {
    expect(await asked(known, { roles, says: 'others' })).toEqual(expected);
  });

  it('are named as unknown where there is none', async () => {
    expect(await asked(tasksOf([]), { roles: [], says: 'no instance' })).toEqual(['undefined']);
  });
});

describe('instances that AWS manages', () => {
  it('have the profile of their capacity provider before there is one', async () => {
    const ec2InstanceProfileArn = 'arn:aws:iam::222222222222:instance-profile/x/ecsInstanceRole';
    const values: Record<string, unknown> = {
      service: service({ capacityProviderStrategy: [{ capacityProvider: 'managed' }] }),
      'container-instances': { instances: [] },
      'capacity-providers': {
        found: [
          {
            name: 'managed',
            managedInstancesProvider: { instanceLaunchTemplate: { ec2InstanceProfileArn } },
          },
        ],
        missing: [],
      },
      'profile-role': { arn: roleArn('ecsInstanceRole'), name: 'ecsInstanceRole' },
    };
    const asked: unknown[] = [];
    const context = {
      target: { service: 'api' },
      read: async (source: { id: string }, key?: unknown) => {
        if (source.id === 'profile-role') asked.push(key);
        return source.id === 'task-instances' ? [] : values[source.id];
      },
      settle: async (source: { id: string }) => ok(values[source.id]),
    } as object as FactContext;
    const { roles, says } = await instanceRoles.load(context, undefined);
    expect(roles).toEqual([
      { arn: roleArn('ecsInstanceRole'), name: 'ecsInstanceRole', profile: 'ecsInstanceRole', hosts: [] },
    ]);
    expect(says).toBeUndefined();
    expect(asked).toEqual(['ecsInstanceRole']);
  });
});
