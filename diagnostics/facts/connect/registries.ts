import type { HealthStatus, InstanceSummary, Namespace, Service } from '@aws-sdk/client-servicediscovery';
import { defineFact, type FactContext } from '../../fact.ts';
import { notCheckedOf, partOf, type Read } from '../read.ts';
import { service } from '../service.ts';
import { otherService } from './other-side.ts';

/** A name in Cloud Map that the service registers its tasks under. Each part costs the others nothing. */
export interface Registry {
  id: string;
  instances: Read<InstanceSummary[]>;
  /** Of instances by id. */
  health: Read<Record<string, HealthStatus>>;
  /** What is registered: its name, its records, and the namespace. */
  service: Read<Service>;
  namespace: Read<Namespace>;
}

const pagesAtMost = 10;

const instancesOf = defineFact<InstanceSummary[], string>({
  id: 'registry-instances',
  what: 'the instances in Cloud Map',
  actions: ['servicediscovery:ListInstances'],
  load: ({ aws }, ServiceId) =>
    pages(async (NextToken) => {
      const answer = await aws.discovery.listInstances({ ServiceId, NextToken });
      return { items: answer.Instances ?? [], next: answer.NextToken };
    }),
});

const healthOf = defineFact<Record<string, HealthStatus>, string>({
  id: 'registry-health',
  what: 'the health of the instances in Cloud Map',
  actions: ['servicediscovery:GetInstancesHealthStatus'],
  async load({ aws }, ServiceId) {
    const entries = await pages(async (NextToken) => {
      const answer = await aws.discovery.getInstancesHealthStatus({ ServiceId, NextToken });
      return { items: Object.entries(answer.Status ?? {}), next: answer.NextToken };
    });
    return Object.fromEntries(entries);
  },
});

/**
 * By its id, or by its ARN.
 * https://docs.aws.amazon.com/cloud-map/latest/api/API_GetService.html
 */
export const registeredService = defineFact<Service, string>({
  id: 'registered-service',
  what: 'the name in Cloud Map',
  actions: ['servicediscovery:GetService'],
  load: async ({ aws }, Id) => (await aws.discovery.getService({ Id })).Service ?? {},
});

const namespaceById = defineFact<Namespace, string>({
  id: 'namespace',
  what: 'the namespace in Cloud Map',
  actions: ['servicediscovery:GetNamespace'],
  load: async ({ aws }, Id) => (await aws.discovery.getNamespace({ Id })).Namespace ?? {},
});

/** Names of the namespaces of Service Connect by their ARNs, where one service names it so and the other does not. */
export const connectNamespaces = defineFact<Record<string, string>>({
  id: 'connect-namespaces',
  what: 'the names of the namespaces',
  actions: namespaceById.actions,
  async load({ read }) {
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    const named = [from, to].map(
      (one) =>
        one?.deployments?.find(({ status }) => status === 'PRIMARY')?.serviceConnectConfiguration?.namespace,
    );
    const arns = named.filter((one) => one !== undefined && isArn(one));
    if (arns.length !== 1 || named.includes(undefined)) return {};
    const entries = arns.map(async (arn = '') => {
      const { Name } = await read(namespaceById, arn.split('/').at(-1) ?? '');
      return [arn, Name ?? arn] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
});

function isArn(namespace: string): boolean {
  return namespace.startsWith('arn:');
}

/** What Cloud Map answers for the service, by each of its names. */
export const otherRegistries = defineFact<Registry[]>({
  id: 'other-registries',
  what: 'the names in Cloud Map',
  actions: [instancesOf, healthOf, registeredService, namespaceById].flatMap(({ actions }) => actions),
  async load(context) {
    const described = await context.read(otherService);
    const arns = (described?.serviceRegistries ?? []).flatMap(({ registryArn }) => registryArn ?? []);
    return Promise.all([...new Set(arns)].map((arn) => registryOf(context, arn.split('/').at(-1) ?? '')));
  },
});

async function registryOf({ settle }: FactContext, id: string): Promise<Registry> {
  const [instances, health, registered] = await Promise.all([
    settle(instancesOf, id),
    settle(healthOf, id),
    settle(registeredService, id),
  ]);
  const namespace: Read<Namespace> = registered.ok
    ? partOf(namespaceById.what, await settle(namespaceById, registered.value.NamespaceId ?? ''))
    : { ok: false, notChecked: notCheckedOf(registeredService.what, registered.failure) };
  return {
    id,
    instances: partOf(instancesOf.what, instances),
    health: partOf(healthOf.what, health),
    service: partOf(registeredService.what, registered),
    namespace,
  };
}

async function pages<Item>(
  page: (next: string | undefined) => Promise<{ items: Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let next: string | undefined;
  for (let count = 0; count < pagesAtMost; count += 1) {
    const answer = await page(next);
    found.push(...answer.items);
    next = answer.next;
    if (!next) break;
  }
  return found;
}
