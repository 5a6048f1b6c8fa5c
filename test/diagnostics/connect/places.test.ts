import { describe, expect, it } from 'vitest';
import { byCloudMap } from '#diagnostics/connect/cloud-map.ts';
import { toTasks } from '#diagnostics/connect/direct.ts';
import type { Ends, Way } from '#diagnostics/connect/way.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import type { Registry } from '#diagnostics/facts/connect/registries.ts';
import * as here from '#test/diagnostics/network/vpc.ts';
import { bound, endsOf, fromTask, host, mapped, onInstances, type Told } from './ends.ts';

const { denied, endpointSubnet, privateSubnet, publicSubnet, read, tcp } = here;

function said(result: Way['found'] | undefined): string | undefined {
  return result?.state === 'broken' ? result.block.cause : result?.state;
}

describe('tasks that share the network of their instances', () => {
  const one = host('one', endpointSubnet, 'sg-0api', '10.0.2.20');
  const client = host('client', privateSubnet, 'sg-0task', '10.0.1.20');
  const fixed: Partial<Ends> = {
    to: onInstances('api'),
    tasks: [bound('one', 8080)],
    definition: mapped(8080),
    hosts: { from: undefined, to: [one] },
  };
  const dynamic = { ...fixed, tasks: [bound('one', 32_801)], definition: mapped(0) };
  const clients = { from: onInstances('web'), hosts: { from: [client], to: undefined } };

  it.each<[string, string, Told]>([
    ['are reached at a fixed port', 'open-way', { ends: fixed, tasks: [tcp(8080, fromTask)] }],
    ['are not reached where it is not admitted', 'connect-ingress-missing', { ends: fixed, tasks: [] }],
    [
      'are not reached at the container’s port, which is bound to another',
      'connect-ingress-missing',
      { ends: dynamic, tasks: [tcp(8080, fromTask)] },
    ],
    [
      'are reached where every port that can be bound is admitted',
      'open-way',
      { ends: dynamic, tasks: [{ ...tcp(0, fromTask), ToPort: 65_535 }] },
    ],
    ['may be reached at the port of now', 'open', { ends: dynamic, tasks: [tcp(32_801, fromTask)] }],
    [
      'are reached in host mode at the port of the container',
      'open-way',
      { ends: { ...fixed, definition: mapped(0, 'host') }, tasks: [tcp(8080, fromTask)] },
    ],
    [
      'are not known without their instances',
      'open',
      { ends: { ...fixed, hosts: { from: undefined, to: undefined } }, tasks: [tcp(8080, fromTask)] },
    ],
    [
      'listen at a port that is bound to none of the instance',
      'open',
      { ends: { ...fixed, tasks: [{ ...bound('one', 1), containers: [] }] }, tasks: [tcp(8080, fromTask)] },
    ],
    ['call from the groups of the instance', 'open-way', { ends: clients, tasks: [tcp(8080, fromTask)] }],
    [
      'call from the address of the instance',
      'open-way',
      { ends: clients, tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })] },
    ],
    ['are let out by the groups of the instance', 'connect-egress-missing', { ends: clients, clientOut: [] }],
    [
      'call where the other end shares a network as well',
      'open-way',
      { ends: { ...fixed, ...clients, hosts: { from: [client], to: [one] } }, tasks: [tcp(8080, fromTask)] },
    ],
    [
      'call from several places, of which one is not let in',
      'connect-ingress-missing',
      {
        ends: {
          ...clients,
          hosts: { from: [client, host('two', publicSubnet, 'sg-0lb', '10.0.0.20')], to: undefined },
        },
        tasks: [tcp(8080, fromTask)],
      },
    ],
  ])('%s', (_told, expected, told) => {
    expect(said(toTasks(endsOf(told), 8080))).toBe(expected);
  });
});

describe('a name in Cloud Map', () => {
  const instance = (Id: string, AWS_INSTANCE_IPV4: string) => ({ Id, Attributes: { AWS_INSTANCE_IPV4 } });
  const task = {
    lastStatus: 'RUNNING',
    attachments: [
      {
        details: [
          { name: 'subnetId', value: endpointSubnet },
          { name: 'privateIPv4Address', value: '10.0.2.9' },
        ],
      },
    ],
  };
  const registry = (parts: Partial<Registry> = {}): Registry => ({
    id: 'srv-1',
    instances: read([instance('a', '10.0.2.9')]),
    health: read({}),
    service: read({ Name: 'api', NamespaceId: 'ns-1', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] } }),
    namespace: read({
      Name: 'prod.internal',
      Type: 'DNS_PRIVATE',
      Properties: { DnsProperties: { HostedZoneId: 'Z0MAIN' } },
    }),
    ...parts,
  });
  const zone = { HostedZoneId: 'Z0MAIN', Name: 'prod.internal.', Owner: {} };
  const both = read([instance('a', '10.0.2.9'), instance('b', '10.0.2.77')]);

  it.each<
    [
      string,
      string,
      { registry?: Partial<Registry>; zones?: Ends['zones']; topology?: Told['topology']; running?: number },
    ]
  >([
    ['is known in the VPC', 'open-way', {}],
    [
      'is known by a zone whose id is written with its kind',
      'open-way',
      { zones: read([{ ...zone, HostedZoneId: '/hostedzone/Z0MAIN' }]) },
    ],
    [
      'is not known in the VPC',
      'connect-namespace-other-vpc',
      { zones: read([{ ...zone, HostedZoneId: 'Z0OTHER' }]) },
    ],
    [
      'may be known, where the zones were not read',
      'open',
      { zones: denied('route53:ListHostedZonesByVPC') },
    ],
    [
      'may be known to a resolver of somebody else',
      'open',
      {
        zones: read([]),
        topology: {
          dhcpOptions: read({
            DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.9.0.2' }] }],
          }),
        },
      },
    ],
    [
      'needs both DNS attributes',
      'open',
      { topology: { vpcDns: read({ support: true, hostnames: false }) } },
    ],
    [
      'is no DNS name in a namespace of HTTP',
      'open',
      { registry: { namespace: read({ Name: 'prod', Type: 'HTTP' }) }, zones: read([]) },
    ],
    [
      'is no DNS name without records',
      'open',
      { registry: { service: read({ Name: 'api', NamespaceId: 'ns-1', Type: 'HTTP' }) } },
    ],
    [
      'is known everywhere in a public namespace',
      'open-way',
      { registry: { namespace: read({ Name: 'example.com', Type: 'DNS_PUBLIC' }) }, zones: read([]) },
    ],
    [
      'has a namespace that was not read',
      'open',
      { registry: { namespace: denied('servicediscovery:GetNamespace') } },
    ],
    [
      'answers with addresses of nobody',
      'connect-discovery-stale',
      { registry: { instances: read([instance('b', '10.0.2.77')]) } },
    ],
    [
      'answers with addresses of tasks that were not read',
      'open',
      { registry: { instances: read([instance('b', '10.0.2.77')]) }, running: 101 },
    ],
    ['answers with nobody', 'connect-discovery-stale', { registry: { instances: read([]) } }],
    ['answers with a stranger as well', 'open-way', { registry: { instances: both } }],
    [
      'answers with a stranger alone, while the task is held for unhealthy',
      'connect-discovery-stale',
      { registry: { instances: both, health: read({ a: 'UNHEALTHY', b: 'HEALTHY' }) } },
    ],
    [
      'answers with everybody where all are unhealthy',
      'open-way',
      { registry: { instances: both, health: read({ a: 'UNHEALTHY', b: 'UNHEALTHY' }) } },
    ],
    [
      'answers with whom, is not known without their health',
      'open',
      { registry: { instances: both, health: denied('servicediscovery:GetInstancesHealthStatus') } },
    ],
    [
      'answers with the task alone, whatever its health is',
      'open-way',
      { registry: { health: denied('servicediscovery:GetInstancesHealthStatus') } },
    ],
  ])('%s', (_told, expected, { registry: parts, zones = read([zone]), topology, running }) => {
    const ends = endsOf({
      registries: [registry(parts)],
      tasks: [tcp(8080, fromTask)],
      ...(topology && { topology }),
      ends: { tasks: [task], zones },
    });
    const serviceRegistries = [{ registryArn: 'arn:service/srv-1', containerPort: 8080 }];
    const to = { ...ends.to, serviceRegistries, runningCount: running };
    expect(said(byCloudMap({ ...ends, to }, 8080)[0]?.found)).toBe(expected);
  });

  it.each([
    ['another port that is asked about', 9090, 'connect-ingress-missing'],
    ['its own port', undefined, 'open-way'],
  ])('leads to %s', (_told, port, expected) => {
    const ends = endsOf({
      registries: [registry()],
      tasks: [tcp(8080, fromTask)],
      ends: { tasks: [task], zones: read([zone]), port },
    });
    const to = { ...ends.to, serviceRegistries: [{ containerPort: 8080 }] };
    expect(said(byCloudMap({ ...ends, to }, port)[0]?.found)).toBe(expected);
  });

  it.each<[string, string, Partial<CalledUrl>]>([
    ['the port of the task', 'open-way', { port: 8080 }],
    ['a port that the application chooses', 'open-way', {}],
    ['another port of the task, which is not admitted', 'connect-ingress-missing', { port: 9090 }],
    ['a port that the task does not map', 'open', { scheme: 'http' }],
  ])('called at %s', (_told, expected, parts) => {
    const portMappings = [{ containerPort: 8080 }, { containerPort: 9090 }];
    const ends = endsOf({
      registries: [registry()],
      tasks: [tcp(8080, fromTask)],
      urls: [{ variable: 'API_URL', host: 'api.prod.internal', ...parts }],
      ends: { tasks: [task], zones: read([zone]), definition: { containerDefinitions: [{ portMappings }] } },
    });
    const to = { ...ends.to, serviceRegistries: [{}] };
    expect(said(byCloudMap({ ...ends, to }, 8080)[0]?.found)).toBe(expected);
  });

  it('tells the name and the stranger', () => {
    const ends = endsOf({
      registries: [registry({ instances: both })],
      tasks: [tcp(8080, fromTask)],
      ends: { tasks: [task], zones: read([zone]) },
    });
    const [way] = byCloudMap(
      { ...ends, to: { ...ends.to, serviceRegistries: [{ containerPort: 8080 }] } },
      8080,
    );
    expect(way?.about).toBe('Cloud Map as api.prod.internal');
    expect(way?.found).toMatchObject({ text: expect.stringContaining('10.0.2.77') });
  });
});
