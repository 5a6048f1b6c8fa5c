import type { PortMapping, Service, ServiceConnectService } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { waysOf } from '#diagnostics/connect/ways.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import { endpointSubnet, privateSubnet, read, tcp } from '#test/diagnostics/network/vpc.ts';
import { endsOf, fromTask, service } from './ends.ts';

const target = { environment: 'prod', account: '1', region: 'us-east-1', cluster: 'prod', service: 'web' };

const portMappings: PortMapping[] = [
  { name: 'http', containerPort: 8080 },
  { name: 'admin', containerPort: 9090 },
];
const http = { portName: 'http', clientAliases: [{ port: 80, dnsName: 'api' }] };
const admin = { portName: 'admin', clientAliases: [{ port: 81, dnsName: 'api-admin' }] };

const deployed = new Date('2026-11-24T10:00:00Z');

function offering(one: Service, services: ServiceConnectService[]): Service {
  const serviceConnectConfiguration = { enabled: true, namespace: 'prod', services };
  const serviceConnectResources = services.map(({ portName = '' }) => ({
    discoveryName: portName,
    discoveryArn: portName,
  }));
  const deployment = { status: 'PRIMARY', createdAt: deployed, serviceConnectConfiguration };
  return { ...one, deployments: [{ ...deployment, serviceConnectResources }] };
}

/** The ways to `api`, which offers two ports by Service Connect and stands behind no load balancer. */
function ways(port: number | undefined, services = [http, admin], ...urls: CalledUrl[]) {
  const ends = endsOf({
    tasks: [tcp(8080, fromTask)],
    urls,
    ends: {
      port,
      from: offering(service('web', privateSubnet, 'sg-0task'), []),
      to: { ...offering(service('api', endpointSubnet, 'sg-0api'), services), loadBalancers: [] },
      definition: { containerDefinitions: [{ portMappings }] },
      endpoints: { http: read({ CreateDate: deployed }), admin: read({ CreateDate: deployed }) },
    },
  });
  return waysOf(ends, target).map(({ about, found }) => `${about}: ${found.state}`);
}

describe('the ways to a service', () => {
  it.each<[string, string[], number | undefined, ServiceConnectService[]?]>([
    ['are one for each port', ['as api:80: open-way', 'as api-admin:81: broken'], undefined],
    ['are the one whose container has the port that is asked about', ['as api-admin:81: broken'], 9090],
    ['are the one that clients call at that port', ['as api:80: open-way'], 80],
  ])('by Service Connect %s', (_told, expected, port) => {
    expect(ways(port)).toEqual(expected.map((one) => `Service Connect ${one}`));
  });

  it('are its tasks, where the port that is asked about is offered by nothing else', () => {
    expect(ways(9090, [http])).toEqual(['its tasks at TCP 9090: broken']);
  });

  it.each<[string, string, Partial<CalledUrl>]>([
    ['open at the port of its alias', 'open-way', { port: 80 }],
    ['open at the port that its scheme stands for', 'open-way', { scheme: 'http' }],
    ['open where the application chooses the port', 'open-way', {}],
    ['not decided at the port of the container, where no proxy listens', 'open', { port: 8080 }],
    ['not decided at the port that its scheme stands for, if that is another', 'open', { scheme: 'https' }],
  ])('by Service Connect are %s', (_told, expected, parts) => {
    const url = { variable: 'API_URL', host: 'api', ...parts };
    expect(ways(undefined, [http], url)).toEqual([`Service Connect as api:80: ${expected}`]);
  });

  it('by a load balancer are not those of an address that has another name of the service', () => {
    const url = { variable: 'API_URL', scheme: 'http', host: 'api', path: '/' };
    const to = offering(service('api', endpointSubnet, 'sg-0api'), [http]);
    const from = offering(service('web', privateSubnet, 'sg-0task'), []);
    const found = waysOf(endsOf({ urls: [url], ends: { from, to } }), target);
    expect(found.map(({ kind, variable }) => [kind, variable])).toEqual([
      ['service-connect', undefined],
      ['load-balancer', undefined],
    ]);
  });
});
