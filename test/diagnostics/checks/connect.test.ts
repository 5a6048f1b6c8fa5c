import { describe, expect, it } from 'vitest';
import { connect } from '#diagnostics/checks/connect.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import { target } from '#test/diagnostics/judged.ts';
import { endsOf, service } from '../connect/ends.ts';
import { denied, endpointSubnet, privateSubnet } from '../network/vpc.ts';

const read = <Value>(value: Value) => ({ ok: true as const, value });
const running = { lastStatus: 'RUNNING' };

/** `web` asks for `api`, which has nothing but its tasks. */
function judged(runningCount: number, parts: Partial<Parameters<typeof connect.judge>[0]> = {}) {
  const { topology } = endsOf({});
  const facts: Parameters<typeof connect.judge>[0] = {
    service: service('web', privateSubnet, 'sg-0task'),
    otherService: { ...service('api', endpointSubnet, 'sg-0api'), runningCount, desiredCount: 2 },
    between: read(topology),
    otherTasks: read([]),
    otherDefinition: read({ containerDefinitions: [{ portMappings: [{ containerPort: 8080 }] }] }),
    otherFronts: read([]),
    otherRegistries: read([]),
    connectNamespaces: read({}),
    connectEndpoints: read({}),
    callerNames: read(undefined),
    calledUrls: read([]),
    hosts: read([]),
    otherHosts: read([]),
    ...parts,
  };
  return connect.judge(facts, { target, scope: { now: new Date(0), to: { kind: 'service', name: 'api' } } });
}

describe('whether a connection gets through', () => {
  it('needs a task that runs', () => {
    expect(judged(0).findings.map(({ cause }) => cause)).toEqual(['connect-no-tasks']);
  });

  it('is not said to lack tasks that are counted and not listed yet', () => {
    expect(judged(2).findings.map(({ cause }) => cause)).not.toContain('connect-no-tasks');
  });

  it('waits for everything that it wants', () => {
    expect(judged(0, { calledUrls: undefined })).toEqual({ findings: [] });
  });

  it('is not known where the network was not read', () => {
    const failure = new FactFailure('denied', 'AccessDenied', 'ec2:DescribeSubnets');
    const between = { ok: false as const, failure };
    expect(judged(2, { between, otherTasks: read([running]) }).answer?.state).toBe('unknown');
  });

  it('tells which right was missing', () => {
    const { topology } = endsOf({ topology: { networkAcls: denied('ec2:DescribeNetworkAcls') } });
    const { notChecked } = judged(2, { between: read(topology), otherTasks: read([running]) });
    expect(notChecked?.map(({ missing }) => missing)).toEqual(['ec2:DescribeNetworkAcls']);
  });
});
