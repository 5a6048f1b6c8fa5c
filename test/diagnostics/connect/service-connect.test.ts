import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { byServiceConnect } from '#diagnostics/connect/service-connect.ts';
import type { Ends } from '#diagnostics/connect/way.ts';
import { denied, endpointSubnet, privateSubnet, read, tcp } from '#test/diagnostics/network/vpc.ts';
import { endsOf, fromTask, service } from './ends.ts';

const target = { environment: 'prod', account: '1', region: 'us-east-1', cluster: 'prod', service: 'web' };
const arn = 'arn:aws:servicediscovery:us-east-1:1:namespace/ns-1';

const endpoint = 'arn:aws:servicediscovery:us-east-1:1:service/srv-1';

function at(hour: number): Date {
  return new Date(Date.UTC(2026, 10, 24, hour));
}

function inNamespace(one: Service, namespace: string | undefined, called?: string): Service {
  const services = called ? [{ portName: 'http', clientAliases: [{ port: 80, dnsName: called }] }] : [];
  const serviceConnectConfiguration = {
    enabled: namespace !== undefined,
    namespace: namespace || undefined,
    services,
  };
  const serviceConnectResources = called ? [{ discoveryName: 'http', discoveryArn: endpoint }] : [];
  const deployment = { status: 'PRIMARY', createdAt: at(10), serviceConnectConfiguration };
  return { ...one, deployments: [{ ...deployment, serviceConnectResources }] };
}

function foundBetween(client: string | undefined, server: string, more: Partial<Ends>) {
  const ends = endsOf({
    tasks: [tcp(8080, fromTask)],
    ends: {
      from: inNamespace(service('web', privateSubnet, 'sg-0task'), client),
      to: inNamespace(service('api', endpointSubnet, 'sg-0api'), server, 'api'),
      definition: { containerDefinitions: [{ portMappings: [{ name: 'http', containerPort: 8080 }] }] },
      endpoints: { [endpoint]: read({ CreateDate: at(9) }) },
      ...more,
    },
  });
  return byServiceConnect(ends, target)[0]?.found;
}

function said(client: string | undefined, server: string, more: Partial<Ends> = {}) {
  const found = foundBetween(client, server, more);
  return found?.state === 'broken' ? found.block.cause : found?.state;
}

describe('two services of Service Connect', () => {
  it.each<[string, string, string | undefined, string, Record<string, string>?]>([
    ['in one namespace', 'open-way', 'prod', 'prod'],
    ['in one namespace by its ARN', 'open-way', arn, arn],
    ['in two namespaces', 'connect-namespace-differs', 'prod', 'staging'],
    ['in two namespaces by ARN', 'connect-namespace-differs', arn, `${arn}2`],
    ['of which one names it by its ARN', 'open', 'prod', arn],
    ['of which one names it by its ARN, whose name was read', 'open-way', 'prod', arn, { [arn]: 'prod' }],
    ['of which one names another by its ARN', 'connect-namespace-differs', arn, 'prod', { [arn]: 'staging' }],
    ['of which one is in the default namespace of the cluster', 'open', '', 'prod'],
    ['of which the client is none', 'connect-client-not-enabled', undefined, 'prod'],
  ])('%s', (_told, expected, client, server, names) => {
    expect(said(client, server, { namespaces: names ?? {} })).toBe(expected);
  });
});

describe('the proxies of a client that was deployed at ten', () => {
  const created = (hour: number) => ({ endpoints: { [endpoint]: read({ CreateDate: at(hour) }) } });
  const server = inNamespace(service('api', endpointSubnet, 'sg-0api'), 'prod', 'api');
  const refused = { endpoints: { [endpoint]: denied('servicediscovery:GetService') } };
  it.each<[string, string, Partial<Ends>]>([
    ['know a name of nine', 'open-way', created(9)],
    ['know a name of the same moment', 'open-way', created(10)],
    ['do not know a name of eleven', 'connect-client-older confirmed', created(11)],
    [
      'know the older name of a service that was made anew',
      'open-way',
      { ...created(9), to: { ...server, createdAt: at(11) } },
    ],
    [
      'know the name of their own service, which comes with the deployment',
      'open-way',
      { ...created(11), to: { ...server, serviceName: 'web' } },
    ],
    ['may know a name whose age may not be read', 'open: the right servicediscovery:GetService', refused],
    [
      'may know a name whose age is not told',
      'open: Service.CreateDate of servicediscovery:GetService',
      { endpoints: { [endpoint]: read({}) } },
    ],
    [
      'may know a name that ECS does not say the registration of',
      'open: Service.CreateDate of servicediscovery:GetService',
      { endpoints: {} },
    ],
    [
      'likely do not know that of a younger service, where its age may not be read',
      'connect-client-older likely',
      { ...refused, to: { ...server, createdAt: at(11) } },
    ],
  ])('%s', (_told, expected, more) => {
    const found = foundBetween('prod', 'prod', more);
    const told =
      found?.state === 'broken'
        ? `${found.block.cause} ${found.block.status}`
        : found?.state === 'open'
          ? `open: ${found.decide}`
          : found?.state;
    expect(told).toBe(expected);
  });

  it('are proved old by both dates', () => {
    const found = foundBetween('prod', 'prod', created(11));
    expect(found?.state === 'broken' && found.block.evidence).toMatchObject([
      { field: 'deployments[0].createdAt', value: '2026-11-24T10:00:00.000Z (web)' },
      {
        api: 'servicediscovery:GetService',
        field: 'Service.CreateDate',
        value: '2026-11-24T11:00:00.000Z (api)',
      },
    ]);
  });
});

it.each([
  ['that of its alias', 'API', ['api']],
  ['that of its registration, where the alias has none', undefined, ['http.prod']],
])('the name that clients call is %s', (_told, dnsName, expected) => {
  const services = [{ portName: 'http', clientAliases: [{ port: 80, ...(dnsName && { dnsName }) }] }];
  const serviceConnectConfiguration = { enabled: true, namespace: 'prod', services };
  const to = {
    ...service('api', endpointSubnet, 'sg-0api'),
    deployments: [{ status: 'PRIMARY', serviceConnectConfiguration }],
  };
  expect(byServiceConnect(endsOf({ ends: { to } }), target)[0]?.names).toEqual(expected);
});
