import type { Instance, IpPermission, NetworkAcl, NetworkAclEntry, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { LoadBalancer, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { health } from '#diagnostics/checks/health.ts';
import { context, deployment, read, revision, running, service, tasksOf } from '../facts.ts';
import { arn, group, target, task } from '../targets.ts';

const zones = [
  { id: 'subnet-pub-a', range: '10.0.100.0/24' },
  { id: 'subnet-pub-b', range: '10.0.101.0/24' },
];
const home = { id: 'subnet-a', range: '10.0.0.0/24' };
const subnets = [...zones, home].map(({ id, range }) => ({ SubnetId: id, CidrBlock: range }));
const balancer: LoadBalancer = {
  LoadBalancerArn: group.LoadBalancerArns?.[0],
  LoadBalancerName: 'web',
  SecurityGroups: ['sg-web'],
  AvailabilityZones: zones.map(({ id }) => ({ SubnetId: id })),
};
const everywhere: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const web: SecurityGroup = { GroupId: 'sg-web', IpPermissions: [], IpPermissionsEgress: [everywhere] };

function lets(from: number, to = from, peer = 'sg-web'): IpPermission {
  const ends = peer.startsWith('sg-')
    ? { UserIdGroupPairs: [{ GroupId: peer }] }
    : { IpRanges: [{ CidrIp: peer }] };
  return { IpProtocol: 'tcp', FromPort: from, ToPort: to, ...ends };
}

interface Given {
  /** What the group of the instances, or of the tasks, lets in. */
  rules?: IpPermission[];
  reason?: string;
  mode?: TaskDefinition['networkMode'];
  hostPort?: number | undefined;
  /** The port that the task got at its host. */
  port?: number;
  checked?: string;
  family?: 'WINDOWS_SERVER_2022_CORE';
  balancers?: LoadBalancer[];
  acls?: NetworkAcl[] | undefined;
  /** What the group of the task's own task set lets in, which is another than the service names. */
  ofSet?: IpPermission[];
  /** Those of both ends, unless told. */
  subnets?: typeof subnets;
  /** Undefined: could not be read. */
  instances?: Instance[] | undefined;
}

const instance: Instance = {
  InstanceId: 'i-1',
  SubnetId: home.id,
  PrivateIpAddress: '10.0.0.9',
  SecurityGroups: [{ GroupId: 'sg-own' }],
};
const unread = { ok: false as const, failure: undefined as never };

function judged(given: Given) {
  const { mode = 'bridge', hostPort, port = 32_770, checked, rules = [], reason = 'Target.Timeout' } = given;
  const isAddress = mode === 'awsvpc';
  const own: Task = isAddress
    ? task('10.0.0.9', {
        attachments: [
          {
            details: [
              { name: 'privateIPv4Address', value: '10.0.0.9' },
              { name: 'subnetId', value: home.id },
            ],
          },
        ],
      })
    : running({
        taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/1',
        taskDefinitionArn: revision(2),
        startedBy: 'ecs-svc/0',
        containerInstanceArn: 'arn:host',
        containers: [
          { name: 'app', networkBindings: mode === 'host' ? [] : [{ containerPort: 8080, hostPort: port }] },
        ],
      });
  const at = isAddress || mode === 'host' ? 8080 : port;
  const checkedAt: Partial<TargetHealthDescription> = {
    Target: { Id: isAddress ? '10.0.0.9' : 'i-1', Port: at },
    HealthCheckPort: checked ?? String(at),
  };
  const definition: TaskDefinition = {
    taskDefinitionArn: revision(2),
    networkMode: mode,
    ...(given.family && { runtimePlatform: { operatingSystemFamily: given.family } }),
    containerDefinitions: [{ name: 'app', portMappings: [{ containerPort: 8080, hostPort }] }],
  };
  const awsvpcConfiguration = { subnets: [home.id], securityGroups: ['sg-own'] };
  const ofSet = { awsvpcConfiguration: { subnets: [home.id], securityGroups: ['sg-set'] } };
  return health
    .judge(
      {
        service: service({
          deployments: given.ofSet ? [] : [deployment()],
          ...(given.ofSet && { taskSets: [{ id: own.startedBy, networkConfiguration: ofSet }] }),
          loadBalancers: [{ targetGroupArn: arn, containerName: 'app', containerPort: 8080 }],
          ...(isAddress && { networkConfiguration: { awsvpcConfiguration } }),
        }),
        tasks: read(tasksOf([], [own])),
        targetHealth: read([
          {
            arn,
            group: {
              ...group,
              TargetType: isAddress ? ('ip' as const) : ('instance' as const),
              HealthCheckPort: checked ?? 'traffic-port',
            },
            targets: [target('x', 'unhealthy', reason, checkedAt)],
          },
        ]),
        deployedTaskDefinitions: read({ [revision(2)]: definition }),
        taskHosts: read({ 'arn:host': 'i-1' }),
        checkingBalancers: read(given.balancers ?? [balancer]),
        checkedInstances:
          'instances' in given && !given.instances ? unread : read(given.instances ?? [instance]),
        checkedGroups: read([
          { GroupId: 'sg-own', IpPermissions: rules },
          { GroupId: 'sg-set', IpPermissions: given.ofSet ?? [] },
        ]),
        balancerGroups: read([web]),
        checkSubnets: read(given.subnets ?? subnets),
        checkAcls: 'acls' in given && !given.acls ? unread : read(given.acls ?? []),
      },
      context,
    )
    .findings.filter(({ cause }) => /blocks$/.test(cause));
}

describe('the way of a check to an instance', () => {
  it.each<[string, Given, string | undefined]>([
    ['is closed where its group lets nothing in', {}, 'tcp 32768-60999 sg-web'],
    ['is closed at a port beyond the rule', { rules: [lets(32_768, 32_769)] }, 'tcp 32768-60999 sg-web'],
    ['is closed to another group', { rules: [lets(0, 65_535, 'sg-other')] }, 'tcp 32768-60999 sg-web'],
    ['is open through the range of Linux', { rules: [lets(32_768, 60_999)] }, undefined],
    ['is open through the range of old', { rules: [lets(49_153, 65_535)], port: 50_000 }, undefined],
    ['is open to everybody', { rules: [everywhere] }, undefined],
    ['is closed at a port of Docker’s own range', { port: 61_500 }, 'tcp 49153-65535 sg-web'],
    ['is closed on Windows', { port: 49_152, family: 'WINDOWS_SERVER_2022_CORE' }, 'tcp 49152-65535 sg-web'],
    ['is closed at a host port that the definition fixes', { hostPort: 80, port: 80 }, 'tcp 80 sg-web'],
    ['is closed in host mode, where nothing is bound', { mode: 'host' }, 'tcp 8080 sg-web'],
    ['is open in host mode', { mode: 'host', rules: [lets(8080)] }, undefined],
    ['is closed at a fixed port of the check', { checked: '9000' }, 'tcp 9000 sg-web'],
    ['is not looked at where the check is refused', { reason: 'Target.FailedHealthChecks' }, undefined],
    ['is not known where the instance was not read', { instances: undefined }, undefined],
    ['is not known where the instance is gone', { instances: [] }, undefined],
    [
      'is closed to the subnets of a balancer without a group',
      { balancers: [{ ...balancer, SecurityGroups: [] }], rules: [lets(32_768, 60_999, '172.16.0.0/12')] },
      'tcp 32768-60999 10.0.100.0/24, 10.0.101.0/24',
    ],
  ])('%s', (_, given, missing) => {
    const [found, ...more] = judged(given);
    expect(more).toEqual([]);
    expect(found?.status ?? 'none').toBe(missing ? 'confirmed' : 'none');
    if (missing === undefined) return;
    const [, ports = '', peers = ''] = missing.split(/^tcp (\S+) /);
    const [from, to = from] = ports.split('-');
    expect(found?.summary).toContain('sg-own, of the instances, lets nothing in from ');
    for (const peer of peers.split(', ')) expect(found?.fix?.cli).toContain(peer);
    expect(found?.fix?.cli).toContain(`--group-id sg-own `);
    expect(found?.fix?.cli).toContain(`FromPort=${from},ToPort=${to},`);
    expect(found?.fix?.terraform).toMatch(new RegExp(`from_port +.*= ${from}\n.*to_port +.*= ${to}\n`));
  });
});

it.each<[string, Given, string[]]>([
  ['is closed by the group of its task set', { rules: [lets(8080)], ofSet: [] }, ['sg-set']],
  ['is open by the group of its task set', { rules: [], ofSet: [lets(8080)] }, []],
])('the way of a check to a task that CodeDeploy started %s', (_, given, groups) => {
  const found = judged({ ...given, mode: 'awsvpc' });
  expect(found.map(({ summary }) => /^sg-\w+/.exec(summary)?.[0])).toEqual(groups);
});

it('says whose addresses to let in where the subnets of a balancer without a group were not read', () => {
  const [found] = judged({ balancers: [{ ...balancer, SecurityGroups: [] }], subnets: [] });
  expect(found?.summary).toContain('from the subnets of web (it has no security group)');
  expect(found?.fix?.summary).toContain('Let LOAD_BALANCER_SUBNET_RANGE in at');
  expect(found?.fix?.cli).toContain('IpRanges=[{CidrIp=LOAD_BALANCER_SUBNET_RANGE}]');
});

const deny: NetworkAclEntry[] = [true, false].map((Egress) => ({
  Egress,
  Protocol: '-1',
  RuleAction: 'deny',
  RuleNumber: 32_767,
  CidrBlock: '0.0.0.0/0',
}));
const all: NetworkAclEntry[] = deny.map((entry) => ({ ...entry, RuleAction: 'allow', RuleNumber: 100 }));

function entry(
  way: 'in' | 'out',
  [From, To]: [number, number],
  CidrBlock: string,
  RuleAction: 'allow' | 'deny' = 'allow',
): NetworkAclEntry {
  return {
    Egress: way === 'out',
    Protocol: '6',
    PortRange: { From, To },
    CidrBlock,
    RuleAction,
    RuleNumber: 90,
  };
}

function acl(id: string, ids: string[], entries: NetworkAclEntry[]): NetworkAcl {
  return {
    NetworkAclId: id,
    Associations: ids.map((SubnetId) => ({ SubnetId })),
    Entries: [...entries, ...deny],
  };
}

const both = zones.map(({ id }) => id);
const high: [number, number] = [1024, 65_535];
const ranges = '10.0.100.0/23';

describe('the network ACLs on the way of a check', () => {
  const open = { rules: [lets(8080)], mode: 'awsvpc' as const };
  const between = (theirs: NetworkAclEntry[], own: NetworkAclEntry[]): Given => ({
    ...open,
    acls: [acl('acl-web', both, theirs), acl('acl-own', [home.id], own)],
  });
  const wholly = [entry('in', [8080, 8080], ranges), entry('out', high, ranges)];

  it.each<[string, Given, [status: string, subject: string, command: RegExp] | undefined]>([
    ['pass everything', between(all, all), undefined],
    ['pass the check and its replies alone', between(all, wholly), undefined],
    [
      'refuse the check at the targets',
      between(all, [entry('in', [443, 443], ranges), entry('out', high, ranges)]),
      [
        'confirmed',
        'acl-own',
        /--ingress --rule-number 100 .*From=8080,To=8080 --cidr-block 10\.0\.100\.0\/24 [^\n]*\n.*--rule-number 101 .*10\.0\.101\.0\/24/,
      ],
    ],
    [
      'refuse the replies of the targets',
      between(all, [entry('in', [8080, 8080], ranges)]),
      [
        'confirmed',
        'acl-own',
        /--egress --rule-number 100 .*From=1024,To=65535 --cidr-block 10\.0\.100\.0\/24/,
      ],
    ],
    [
      'refuse the check at the balancer',
      between([entry('out', [443, 443], '0.0.0.0/0'), entry('in', high, '0.0.0.0/0')], all),
      ['confirmed', 'acl-web', /--egress --rule-number 100 .*From=8080,To=8080 --cidr-block 10\.0\.0\.0\/24/],
    ],
    [
      'refuse the replies at the balancer, by a rule before another',
      between([entry('in', high, '10.0.0.0/16', 'deny'), ...all], all),
      [
        'confirmed',
        'acl-web',
        /--ingress --rule-number 89 .*From=1024,To=65535 --cidr-block 10\.0\.0\.0\/24/,
      ],
    ],
    [
      'are likely the reason where they refuse one of two subnets',
      between(all, [entry('in', [8080, 8080], '10.0.100.0/24'), entry('out', high, ranges)]),
      ['likely', 'acl-own', /--cidr-block 10\.0\.101\.0\/24/],
    ],
    [
      'refuse the check at either subnet of the balancer by an ACL of its own',
      {
        ...open,
        acls: [
          acl('acl-web', ['subnet-pub-a'], [entry('in', high, '0.0.0.0/0')]),
          acl('acl-web-b', ['subnet-pub-b'], [entry('in', high, '0.0.0.0/0')]),
          acl('acl-own', [home.id], all),
        ],
      },
      ['confirmed', 'acl-web', /-id acl-web --egress .*\n.*-id acl-web-b --egress .*From=8080,To=8080/],
    ],
    [
      'refuse the check at both ends',
      between([entry('in', high, '0.0.0.0/0')], [entry('out', high, ranges)]),
      [
        'confirmed',
        'acl-web',
        /-id acl-web --egress .* 10\.0\.0\.0\/24 [^\n]*\n.*-id acl-own --ingress .* 10\.0\.100\.0\/24 [^\n]*\n.*10\.0\.101\.0\/24/,
      ],
    ],
    [
      'refuse the check and its replies by one ACL for both ends',
      { ...open, acls: [acl('acl-web', [...both, home.id], [entry('in', high, '0.0.0.0/0')])] },
      [
        'confirmed',
        'acl-web',
        /number 100 .*From=8080,To=8080 --cidr-block 10\.0\.0\.0\/24 [^\n]*\n.*number 200 .*From=1024,To=65535 --cidr-block 10\.0\.100\.0\/24 [^\n]*\n.*number 201 /,
      ],
    ],
    [
      'refuse all but what an earlier rule keeps out on purpose, which stays so',
      between(all, [
        { ...entry('in', [8080, 8080], '10.0.100.7/32', 'deny'), RuleNumber: 300 },
        entry('out', high, ranges),
      ]),
      ['confirmed', 'acl-own', /--ingress --rule-number 400 .*From=8080,To=8080/],
    ],
    ['are not known where they were not read', { ...open, acls: undefined }, undefined],
    [
      'are not known of a subnet whose list is missing',
      { ...open, acls: [acl('acl-web', both, all)] },
      undefined,
    ],
    [
      'are not met inside one subnet',
      {
        ...between(all, []),
        balancers: [{ ...balancer, AvailabilityZones: [{ SubnetId: home.id }] }],
      },
      undefined,
    ],
    [
      'are no matter where the target answers',
      { ...between(all, []), reason: 'Target.ResponseCodeMismatch' },
      undefined,
    ],
    [
      'stand between a balancer and instances, too',
      { ...between(all, []), mode: 'bridge', rules: [lets(32_768, 60_999)] },
      ['confirmed', 'acl-own', /From=32768,To=60999/],
    ],
  ])('%s', (_, given, expected) => {
    const found = judged(given);
    expect(found.map(({ cause, status }) => [cause, status])).toEqual(
      expected ? [['health-acl-blocks', expected[0]]] : [],
    );
    if (!expected) return;
    expect(found[0]?.summary).toContain(`Network ACL ${expected[1]} of `);
    expect(found[0]?.fix?.cli).toMatch(expected[2]);
  });

  it('have one fix for each place that refuses, each under a name of its own', () => {
    const [found] = judged(between([entry('in', high, '0.0.0.0/0')], [entry('out', high, ranges)]));
    const names = [...(found?.fix?.terraform ?? '').matchAll(/"aws_network_acl_rule" "(\w+)"/g)];
    expect(names.map(([, name]) => name)).toEqual(['health_check_1', 'health_check_2', 'health_check_3']);
    expect(found?.summary).toMatch(/Network ACL acl-web of .* Network ACL acl-own of /);
  });

  it('get no rule where no number is left before the one that denies', () => {
    const first = { ...entry('in', [8080, 8080], ranges, 'deny'), RuleNumber: 1 };
    const [found] = judged(between(all, [first, ...all]));
    expect(found?.fix?.cli).toMatch(/^aws ec2 describe-network-acls --network-acl-ids acl-own /);
    expect(found?.fix?.terraform).toBeUndefined();
    expect(found?.fix?.summary).toMatch(/rule 1 of acl-own a higher number, or take it out/);
  });

  it('come second: a security group that lets nothing in is told alone', () => {
    const found = judged({ ...between(all, []), rules: [] });
    expect(found.map(({ cause }) => cause)).toEqual(['health-security-group-blocks']);
  });
});
