import { describe, expect, it } from 'vitest';
import { toHost } from '#diagnostics/connect/host.ts';
import { privateSubnet, read, region, table, vpc } from '#test/diagnostics/network/vpc.ts';
import { onInstances, service } from './ends.ts';

const web = service('web', privateSubnet, 'sg-0task');

describe('a name to connect to', () => {
  it.each([
    ['open-way', 'api.example.com'],
    ['open-way', 'api-1234.us-east-1.elb.amazonaws.com'],
    ['open', 'internal-api-1234.us-east-1.elb.amazonaws.com'],
    ['open', 'api-0f3c.elb.us-east-1.amazonaws.com'],
    ['open', 'main.cluster-0f3c.us-east-1.rds.amazonaws.com'],
    ['open', 'main.0f3c.cache.cn-north-1.amazonaws.com.cn'],
    ['open', 'vpc-logs-0f3c.us-east-1.es.amazonaws.com'],
    ['open', 'vpce-0f3c.vpce-svc-0f3c.us-east-1.vpce.amazonaws.com'],
    ['open', 'b-1.main.0f3c.c2.kafka.us-east-1.amazonaws.com'],
    ['open', 'db.prod.internal'],
  ])('is %s: %s', (expected, host) => {
    expect(toHost(web, { host, port: 443 }, vpc(), region, undefined).found.state).toBe(expected);
  });

  it('is likely not reached without a way out, for it may have an address inside', () => {
    const topology = vpc({ routeTables: read([table('rtb-0private', [], [privateSubnet])]) });
    const { found } = toHost(web, { host: 'api.example.com', port: 443 }, topology, region, undefined);
    expect(found).toMatchObject({
      state: 'broken',
      block: { cause: 'connect-no-route', status: 'likely' },
    });
  });

  it('is not decided where the instances that it is called from are not known', () => {
    const way = toHost(onInstances('web'), { host: 'a.example.com', port: 443 }, vpc(), region, undefined);
    expect(way.found.state).toBe('open');
  });
});
