import { describe, expect, it } from 'vitest';
import { overHosts } from '#diagnostics/access/by-host.ts';
import { rightsOfHosts, unauthorizedMounts, withoutExecutionRole } from '#diagnostics/access/host-rights.ts';
import type { JudgedRight } from '#diagnostics/access/judge-right.ts';
import type { RightKind } from '#diagnostics/access/right.ts';
import type { Launch } from '#diagnostics/facts/access/judged-revision.ts';

const home = { partition: 'aws', region: 'us-east-1', account: '222222222222' };
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const awslogs = { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/api' } };
const definition = {
  containerDefinitions: [
    {
      name: 'app',
      image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/api:1',
      secrets: [{ name: 'A', valueFrom: '/a' }],
      environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::b/k.env' }],
      logConfiguration: awslogs,
    },
    {
      name: 'side',
      image: 'nginx',
      logConfiguration: {
        logDriver: 'awsfirelens' as const,
        options: { Name: 'cloudwatch_logs', log_group_name: '/ecs/side' },
      },
    },
  ],
  volumes: [
    {
      name: 'data',
      efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { iam: 'ENABLED' as const } },
    },
  ],
};

describe('the rights that fall to the role of an instance', () => {
  const agent = ['execution image', 'execution login', 'execution stream'];
  it.each<[Launch, 'none' | 'execution' | 'task', string[]]>([
    ['ec2', 'none', [...agent, 'task stream']],
    ['ec2', 'execution', ['task stream']],
    ['ec2', 'task', agent],
    ['managed', 'none', ['task stream']],
    ['external', 'none', []],
    ['fargate', 'none', []],
    ['unknown', 'none', []],
  ])('on %s, where the definition names %s', (launch, named, expected) => {
    const rights = rightsOfHosts(definition, {
      home,
      launch,
      ...(named === 'execution' && { executionRoleArn: role('e') }),
      ...(named === 'task' && { taskRoleArn: role('t') }),
    });
    expect([...new Set(rights.map((right) => `${right.role} ${right.kind}`))].sort()).toEqual(expected);
  });

  it('are never those of a mount, which shows the task role', () => {
    expect(unauthorizedMounts(definition, { home, launch: 'ec2' }).map(({ kind }) => kind)).toContain(
      'mount',
    );
    expect(unauthorizedMounts(definition, { home, launch: 'ec2', taskRoleArn: role('t') })).toEqual([]);
  });
});

describe('what needs an execution role wherever it runs', () => {
  const fetched = ['bucket', 'file', 'parameter'];
  it.each<[Launch, string[]]>([
    ['ec2', fetched],
    ['fargate', [...fetched, 'image', 'login', 'stream'].sort()],
    ['managed', [...fetched, 'image', 'login', 'stream'].sort()],
    ['external', [...fetched, 'image', 'login', 'stream'].sort()],
  ])('on %s', (launch, expected) => {
    const rights = withoutExecutionRole(definition, { home, launch });
    expect([...new Set(rights.map(({ kind }) => kind))].sort()).toEqual(expected);
    expect(withoutExecutionRole(definition, { home, launch, executionRoleArn: role('e') })).toEqual([]);
  });
});

describe('instances with different roles', () => {
  const judged = (
    name: string | undefined,
    state: JudgedRight['state'],
    more: { says?: string; kind?: RightKind } = {},
  ): JudgedRight => {
    const { says, kind = 'stream' } = more;
    return {
      right: {
        role: 'execution',
        kind,
        action: 'logs:PutLogEvents',
        resource: '*',
        thing: '/ecs/api',
        cause: 'logs-permission-denied',
        usedBy: [],
        context: {},
        ...(name !== undefined && { by: { arn: role(name), ...(says && { says }) } }),
      },
      state,
      certain: state === 'denied',
      why: 'w',
      mend: state === 'denied' ? 'role' : 'none',
    };
  };

  it.each<[string, JudgedRight[], string[]]>([
    ['all of which may', [judged('a', 'allowed'), judged('b', 'allowed')], ['allowed', 'allowed']],
    ['none of which may', [judged('a', 'denied'), judged('b', 'denied')], ['denied', 'denied']],
    ['one of which may', [judged('a', 'denied'), judged('b', 'allowed')], ['open', 'allowed']],
    ['one of which is not known', [judged('a', 'denied'), judged('b', 'open')], ['open', 'open']],
    ['not all of which were seen, may', [judged('a', 'allowed', { says: 's' })], ['open']],
    ['not all of which were seen, may not', [judged('a', 'denied', { says: 's' })], ['open']],
    [
      'whose role AWS itself named',
      [judged('a', 'denied', { kind: 'call', says: 's' }), judged('b', 'allowed', { kind: 'call' })],
      ['denied', 'allowed'],
    ],
    ['beside a role that the definition names', [judged(undefined, 'denied')], ['denied']],
  ])('%s', (_, given, expected) => {
    expect(overHosts(given).map(({ state }) => state)).toEqual(expected);
  });

  it('say which role may and which may not', () => {
    const [open] = overHosts([judged('a', 'denied'), judged('b', 'allowed')]);
    expect(open?.why).toMatch(/^a may not, and b, .* may$/);
    expect(open).toMatchObject({ certain: false, mend: 'none' });
  });
});
