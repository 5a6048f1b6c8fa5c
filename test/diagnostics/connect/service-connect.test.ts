import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { byServiceConnect } from '#diagnostics/connect/service-connect.ts';
import { endpointSubnet, privateSubnet, tcp } from '#test/diagnostics/network/vpc.ts';
import { endsOf, fromTask, service } from './ends.ts';

const target = { environment: 'prod', account: '1', region: 'us-east-1', cluster: 'prod', service: 'web' };
const arn = 'arn:aws:servicediscovery:us-east-1:1:namespace/ns-1';

function inNamespace(one: Service, namespace: string | undefined, called?: string): Service {
  const services = called ? [{ portName: 'http', clientAliases: [{ port: 80, dnsName: called }] }] : [];
  const serviceConnectConfiguration = {
    enabled: namespace !== undefined,
    namespace: namespace || undefined,
    services,
  };
  const createdAt = new Date('2026-11-24T10:00:00Z');
  return { ...one, deployments: [{ ...one, status: 'PRIMARY', createdAt, serviceConnectConfiguration }] };
}

function said(client: string | undefined, server: string, namespaces: Record<string, string> = {}) {
  const ends = endsOf({
    tasks: [tcp(8080, fromTask)],
    ends: {
      from: inNamespace(service('web', privateSubnet, 'sg-0task'), client),
      to: inNamespace(service('api', endpointSubnet, 'sg-0api'), server, 'api'),
      definition: { containerDefinitions: [{ portMappings: [{ name: 'http', containerPort: 8080 }] }] },
      namespaces,
    },
  });
  const found = byServiceConnect(ends, target)[0]?.found;
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
    expect(said(client, server, names)).toBe(expected);
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
