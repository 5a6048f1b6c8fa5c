import { describe, expect, it } from 'vitest';
import { byBalancers } from '#diagnostics/connect/balancer.ts';
import { toTasks } from '#diagnostics/connect/direct.ts';
import type { Block, Way } from '#diagnostics/connect/way.ts';
import * as here from '#test/diagnostics/network/vpc.ts';
import { endsOf, fromTask, service, type Told } from './ends.ts';
import { answer, rule, source } from './rules.ts';

const { endpointSubnet, entry, openAcl, privateSubnet, publicSubnet, read, tcp } = here;

function blockOf(found: Way['found'] | undefined): Block | undefined {
  return found?.state === 'broken' ? found.block : undefined;
}

const gateway = (NatGatewayId: string, ...addresses: string[]) => ({
  NatGatewayId,
  State: 'available' as const,
  ConnectivityType: 'public' as const,
  SubnetId: publicSubnet,
  VpcId: 'vpc-0main',
  NatGatewayAddresses: addresses.map((PublicIp) => ({ PublicIp })),
});

/** `web` calls from two subnets, each with a gateway of its own, a load balancer that faces the internet. */
function outward(...gateways: ReturnType<typeof gateway>[]): Told {
  const awsvpcConfiguration = { subnets: [privateSubnet, endpointSubnet], securityGroups: ['sg-0task'] };
  return {
    balancer: { Scheme: 'internet-facing' },
    ends: {
      from: { ...service('web', privateSubnet, 'sg-0task'), networkConfiguration: { awsvpcConfiguration } },
    },
    topology: {
      natGateways: read(gateways),
      routeTables: read([
        here.table('rtb-0private', [here.toNat], [privateSubnet]),
        here.table('rtb-0other', [{ ...here.toNat, NatGatewayId: 'nat-0other' }], [endpointSubnet]),
        here.table('rtb-0public', [here.toInternet], [publicSubnet]),
      ]),
    },
  };
}

describe('the rule that a way lacks', () => {
  it('admits every gateway that the tasks leave by', () => {
    const told = outward(gateway('nat-0main', '198.51.100.1'), gateway('nat-0other', '198.51.100.2'));
    const block = blockOf(byBalancers(endsOf({ ...told, lb: [] }))[0]?.found);
    expect(block?.fix?.summary).toBe('Let 198.51.100.1/32 and 198.51.100.2/32 in at TCP 80 of sg-0lb.');
    expect(block?.fix?.cli).toContain('IpRanges=[{CidrIp=198.51.100.1/32},{CidrIp=198.51.100.2/32}]');
    expect(block?.fix?.terraform).toContain('for_each = toset(["198.51.100.1/32","198.51.100.2/32"])');
    expect(block?.fix?.terraform).toContain('cidr_ipv4 = each.value');
  });

  it('admits every subnet of a network load balancer without groups', () => {
    const balancer = {
      Type: 'network' as const,
      SecurityGroups: undefined,
      AvailabilityZones: [{ SubnetId: publicSubnet }, { SubnetId: privateSubnet }],
    };
    const block = blockOf(byBalancers(endsOf({ balancer, tasks: [] }))[0]?.found);
    expect(block?.fix?.summary).toBe('Let 10.0.0.0/24 and 10.0.1.0/24 in at TCP 8080 of sg-0api.');
  });

  it('names one group, where the tasks have several', () => {
    const awsvpcConfiguration = { subnets: [privateSubnet], securityGroups: ['sg-0task', 'sg-0more'] };
    const from = {
      ...service('web', privateSubnet, 'sg-0task'),
      networkConfiguration: { awsvpcConfiguration },
    };
    const block = blockOf(byBalancers(endsOf({ lb: [], ends: { from } }))[0]?.found);
    expect(block?.fix?.summary).toBe('Let sg-0task in at TCP 80 of sg-0lb.');
    expect(block?.fix?.terraform).not.toContain('for_each');
  });
});

describe('addresses that are known in part', () => {
  const rules = [
    { ...rule(1, [source('198.51.100.1/32')], answer('403')), RuleArn: 'arn:listener-rule/app/lb/1/2/1' },
  ];

  it.each([
    ['turns them away where all are known', 'broken', '198.51.100.1'],
    ['is not decided where those of one gateway are missing', 'open', undefined],
  ])('a rule by the source %s', (_told, expected, second) => {
    const told = outward(
      gateway('nat-0main', '198.51.100.1'),
      gateway('nat-0other', ...(second === undefined ? [] : [second])),
    );
    const everybody = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    const urls = [{ variable: 'API_URL', scheme: 'http', host: 'lb.example.com', path: '/api' }];
    const found = byBalancers(endsOf({ ...told, rules, urls, lb: [tcp(80, everybody)] }))[0]?.found;
    expect(found?.state).toBe(expected);
  });
});

describe('a way that breaks in part', () => {
  const acl = (denied: string) => {
    const subnets = [privateSubnet, publicSubnet, endpointSubnet];
    const of = (id: string, ids: string[], Entries: typeof openAcl) => ({
      NetworkAclId: id,
      Associations: ids.map((SubnetId) => ({ SubnetId })),
      Entries,
    });
    const others = subnets.filter((one) => one !== denied);
    return read([of('acl-0a', others, openAcl), of('acl-0b', [denied], [entry(100, true)])]);
  };
  const lb = { AvailabilityZones: [{ SubnetId: publicSubnet }, { SubnetId: endpointSubnet }] };

  it('says that one of the places is not reached, from wherever it is called', () => {
    const told = { balancer: lb, topology: { networkAcls: acl(endpointSubnet) } };
    expect(blockOf(byBalancers(endsOf(told))[0]?.found)?.sentence).toMatch(/^Not to all of its places: /);
  });

  it('says which subnet does not reach it', () => {
    const awsvpcConfiguration = { subnets: [endpointSubnet, privateSubnet], securityGroups: ['sg-0task'] };
    const from = {
      ...service('web', privateSubnet, 'sg-0task'),
      networkConfiguration: { awsvpcConfiguration },
    };
    const ends = endsOf({
      tasks: [tcp(8080, fromTask)],
      topology: { networkAcls: acl(privateSubnet) },
      ends: { from },
    });
    expect(blockOf(toTasks(ends, 8080))?.sentence).toMatch(
      new RegExp(`^Not from all subnets, ${privateSubnet} for one: `),
    );
  });
});
