import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { keyGrants } from '#diagnostics/facts/access/encryption-key.ts';
import { judgedRevision } from '#diagnostics/facts/access/judged-revision.ts';
import { logGroupExists } from '#diagnostics/facts/access/log-group.ts';
import { parameters } from '#diagnostics/facts/access/parameters.ts';
import { definition, minutesAgo, revision, service, stopped, tasksOf } from '../checks/facts.ts';

function contextWith(aws: object): FactContext {
  return { aws, awsIn: () => aws } as object as FactContext;
}

describe('parameters', () => {
  it('are asked for fifty at a time, through empty pages to the last', async () => {
    const asked: (string | undefined)[][] = [];
    const ssm = {
      describeParameters: async ({
        ParameterFilters: [filter],
        NextToken,
      }: {
        ParameterFilters: { Values: string[] }[];
        NextToken?: string;
      }) => {
        const names = filter?.Values ?? [];
        asked.push(names);
        return NextToken === undefined
          ? { Parameters: [], NextToken: 'more' }
          : { Parameters: names.map((Name) => ({ Name })) };
      },
    };
    const names = Array.from({ length: 51 }, (_, number) => `/p/${number}`);
    const found = await parameters.load(contextWith({ ssm }), { region: 'us-east-1', names });
    expect(found.map(({ Name }) => Name)).toEqual(names);
    expect(asked.map((values) => values.length).sort()).toEqual([1, 1, 50, 50]);
  });
});

describe('the grants on a key', () => {
  it.each([
    ['that end on the second page', 2, true],
    ['that do not end', Number.POSITIVE_INFINITY, false],
  ])('%s', async (_, pages, isWhole) => {
    const kms = {
      listGrants: async ({ Marker = '1' }: { Marker?: string }) => {
        const more = Number(Marker) < pages;
        const Grants = [{ GrantId: Marker }];
        return more
          ? { Grants, Truncated: true, NextMarker: `${Number(Marker) + 1}` }
          : { Grants, Truncated: false };
      },
    };
    const read = await keyGrants.load(contextWith({ kms }), { id: 'k', region: 'us-east-1' });
    expect(read.isWhole).toBe(isWhole);
    expect(read.found.map(({ GrantId }) => GrantId)).toEqual(
      isWhole ? ['1', '2'] : ['1', '2', '3', '4', '5'],
    );
  });
});

describe('a log group', () => {
  it.each([
    ['/ecs/api', true],
    ['/ecs/ap', false],
  ])('%s is there: %s', async (name, exists) => {
    const logs = { describeLogGroups: async () => ({ logGroups: [{ logGroupName: '/ecs/api' }] }) };
    expect(await logGroupExists.load(contextWith({ logs }), { name, region: 'us-east-1' })).toBe(exists);
  });
});

describe('the revision that is looked at', () => {
  async function chosen(described: Service | undefined, stops: Task[], target: object = { service: 'api' }) {
    const values: Record<string, unknown> = {
      service: described,
      tasks: tasksOf(stops),
      'deployed-task-definitions': { [revision(2)]: definition(2) },
    };
    const read = async (source: { id: string }, key?: string) =>
      source.id === 'task-definition'
        ? { ...definition(Number(key?.split(':').at(-1))), taskDefinitionArn: key }
        : values[source.id];
    const context = {
      target: { region: 'us-east-1', account: '222222222222', cluster: 'prod', ...target },
      read,
      settle: async (source: { id: string }) => ({ ok: true, value: values[source.id] }),
    } as object as FactContext;
    const found = await judgedRevision.load(context, undefined);
    return [found.definition.taskDefinitionArn, found.current];
  }
  const failed = (number: number) =>
    stopped(5, {
      taskDefinitionArn: revision(number),
      stopCode: 'TaskFailedToStart',
      createdAt: minutesAgo(6),
    });

  it.each([
    ['is the service’s', [], [revision(2), true]],
    ['is the newer one whose tasks could not start', [failed(3)], [revision(3), false]],
    ['is not an older one that failed once', [failed(1)], [revision(2), true]],
    [
      'is not one that ran and crashed',
      [stopped(5, { taskDefinitionArn: revision(3) })],
      [revision(2), true],
    ],
  ])('%s', async (_, stops, expected) => {
    expect(await chosen(service(), stops)).toEqual(expected);
  });

  it('of a task is its own', async () => {
    expect(await chosen(undefined, [failed(1)], { service: undefined, task: '1' })).toEqual([
      revision(1),
      true,
    ]);
  });
});
