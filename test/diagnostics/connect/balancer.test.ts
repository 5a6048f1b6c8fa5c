import { describe, expect, it } from 'vitest';
import { byBalancers } from '#diagnostics/connect/balancer.ts';
import type { Way } from '#diagnostics/connect/way.ts';
import type { Front } from '#diagnostics/facts/connect/fronts.ts';
import * as here from '#test/diagnostics/network/vpc.ts';
import { endsOf, fromTask, healthy, listener, service, type Told } from './ends.ts';

const { endpointSubnet, entry, openAcl, privateSubnet, publicSubnet, read, tcp } = here;

function way(told: Told): Way['found'] | undefined {
  return byBalancers(endsOf(told))[0]?.found;
}

function said(told: Told): string | undefined {
  const result = way(told);
  return result?.state === 'broken' ? result.block.cause : result?.state;
}

const shown: Pick<Front['balancers'][number], 'balancer' | 'listeners'> = {
  balancer: {
    LoadBalancerName: 'lb',
    Type: 'application',
    Scheme: 'internal',
    SecurityGroups: ['sg-0lb'],
    AvailabilityZones: [{ SubnetId: publicSubnet }],
  },
  listeners: [listener],
};
const network = { Type: 'network', SecurityGroups: undefined } as const;

describe('a way through a load balancer', () => {
  it.each<[string, string, Told]>([
    ['is open with a rule on each half', 'open-way', {}],
    [
      'breaks where the load balancer does not admit the client',
      'connect-balancer-ingress-missing',
      { lb: [] },
    ],
    [
      'breaks at another port than the listener',
      'connect-balancer-ingress-missing',
      { lb: [tcp(443, fromTask)] },
    ],
    [
      'breaks where the tasks do not admit the load balancer',
      'connect-ingress-missing',
      { tasks: [tcp(8080, fromTask)] },
    ],
    ['breaks where the load balancer lets nothing out', 'connect-egress-missing', { lbOut: [] }],
    [
      'breaks without a listener for the group',
      'connect-no-listener',
      { listeners: [{ ...listener, DefaultActions: [] }] },
    ],
    ['breaks without a target', 'connect-no-targets', { front: { targets: read([]) } }],
    [
      'breaks without a healthy target',
      'connect-targets-unhealthy',
      {
        front: {
          targets: read([{ ...healthy, TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' } }]),
        },
      },
    ],
    [
      'is open again where one target of two is healthy',
      'open-way',
      { front: { targets: read([healthy, { TargetHealth: { State: 'unhealthy' } }]) } },
    ],
    [
      'is not decided while all targets are new',
      'open',
      { front: { targets: read([{ ...healthy, TargetHealth: { State: 'initial' } }]) } },
    ],
    [
      'is open by one listener of two, where the first is not admitted',
      'open-way',
      {
        listeners: [{ ...listener, Port: 8443, ListenerArn: 'arn:listener/app/lb/1/3' }, listener],
      },
    ],
    [
      'is not decided where the rules that tell the listener were not read',
      'open',
      {
        lb: [],
        front: { balancers: [{ ...shown, rules: here.denied('elasticloadbalancing:DescribeRules') }] },
      },
    ],
    [
      'is that of the task set which serves',
      'open-way',
      {
        ends: {
          to: {
            ...service('api', endpointSubnet, 'sg-0api'),
            loadBalancers: [],
            taskSets: [{ status: 'PRIMARY', loadBalancers: [{ targetGroupArn: 'tg', containerPort: 8080 }] }],
          },
        },
      },
    ],
    [
      'is not looked at by a Classic Load Balancer',
      'open',
      {
        ends: {
          to: { ...service('api', endpointSubnet, 'sg-0api'), loadBalancers: [{ loadBalancerName: 'old' }] },
          fronts: [],
        },
      },
    ],
    ['breaks where nothing is attached', 'connect-no-listener', { front: { balancers: [] } }],
  ])('%s', (_told, expected, told) => {
    expect(said(told)).toBe(expected);
  });

  it('says which of its listeners leads there, where the one that is asked about does not', () => {
    const second = { ...listener, Port: 8443, ListenerArn: 'arn:listener/app/lb/1/3' };
    const found = way({ listeners: [{ ...listener, DefaultActions: [] }, second], ends: { port: 80 } });
    expect(found?.state === 'broken' && found.block.sentence).toBe(
      'No rule of lb at TCP 80 leads to api, only at 8443.',
    );
  });

  it.each<[string, string, Told]>([
    [
      'admits its own subnet, where it hides the client',
      'open-way',
      { tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.0.0/24' }] })] },
    ],
    [
      'admits the client alone, which it hides',
      'connect-ingress-missing',
      { tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })] },
    ],
    [
      'keeps the client, who is admitted',
      'open-way',
      { front: { keepsClientAddress: true }, tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })] },
    ],
    [
      'keeps the client, and only its own subnet is admitted',
      'connect-ingress-missing',
      { front: { keepsClientAddress: true }, tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.0.0/24' }] })] },
    ],
  ])('of a network load balancer without groups: %s', (_told, expected, told) => {
    expect(said({ balancer: network, ...told })).toBe(expected);
  });
});

describe('the ACLs between load balancer and targets', () => {
  const acl = (id: string, subnets: string[], denied: boolean) => ({
    NetworkAclId: id,
    Associations: subnets.map((SubnetId) => ({ SubnetId })),
    Entries: denied ? [entry(100, true)] : openAcl,
  });

  it('stop the traffic where those of the targets let nothing in', () => {
    const networkAcls = read([
      acl('acl-0a', [privateSubnet, publicSubnet], false),
      acl('acl-0b', [endpointSubnet], true),
    ]);
    expect(said({ topology: { networkAcls } })).toBe('connect-acl-blocked');
  });
});
