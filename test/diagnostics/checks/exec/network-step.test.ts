import { describe, expect, it } from 'vitest';
import { networkSteps } from '#diagnostics/checks/exec/network-step.ts';
import type { Placed } from '#diagnostics/facts/network/origins.ts';
import type { Topology } from '#diagnostics/network/topology.ts';
import { tables, zones } from '../../network/parts.ts';
import * as here from '../../network/vpc.ts';
import { context, definition, running } from '../facts.ts';

const hub = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'active' } as const;
const own: Placed = { ...here.task(), from: 'task' };
const hostIn = (subnet: string, ...hosts: string[]): Placed => ({
  ...here.task({ subnet, networkMode: 'bridge', onInstance: true }),
  from: 'host',
  hosts,
});
const good = hostIn(here.privateSubnet, 'arn:host-a');
const bad = hostIn(here.endpointSubnet, 'arn:host-b');
const inSubnet = (subnet: string) => ({
  attachments: [{ type: 'ElasticNetworkInterface', details: [{ name: 'subnetId', value: subnet }] }],
});

function stepOf(placed: readonly Placed[], parts: Partial<Topology>, task: Parameters<typeof running>[0]) {
  const { steps, findings } = networkSteps(
    { task: running(task), definition: definition(1), settings: {}, placed, topology: here.vpc(parts) },
    context,
  );
  const [step] = steps;
  return { step, told: [step?.state, ...findings.map(({ status }) => status)] };
}

const inPrivate = inSubnet(here.privateSubnet);

describe('the way of the agent to Session Manager', () => {
  it.each([
    ['is there', [own], {}, inPrivate, ['ok']],
    ['is not there without a route', [own], tables(), inPrivate, ['blocked', 'confirmed']],
    ['is probably not there beside a hub', [own], tables(hub), inPrivate, ['open', 'likely']],
    [
      'is open beside a zone',
      [own],
      { ...tables(hub), ...zones('ssmmessages.us-east-1.amazonaws.com.') },
      inPrivate,
      ['open'],
    ],
    ['is that of its own instance', [good, bad], {}, { containerInstanceArn: 'arn:host-a' }, ['ok']],
    [
      'is that of its own instance, which has none',
      [good, bad],
      {},
      { containerInstanceArn: 'arn:host-b' },
      ['blocked', 'confirmed'],
    ],
    ['is open where its place is not known and others differ', [good, bad], {}, {}, ['open']],
    ['is not there where all places agree', [bad], {}, {}, ['blocked', 'confirmed']],
    ['is open where nothing is known of a place', [], {}, {}, ['open']],
  ] as const)('%s', (_, placed, parts, task, expected) => {
    expect(stepOf(placed, parts, task as object).told).toEqual(expected);
  });

  it('is worded as probable where it is doubted, with what would decide', () => {
    const { step } = stepOf([own], tables(hub), inPrivate);
    expect(step?.text).toMatch(/^probably leads nowhere: .*has no route to ssmmessages/);
    expect(step?.decide).toContain('Route 53');
  });
});
