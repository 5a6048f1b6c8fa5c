import type { Cluster, Failure, Service, Tag } from '@aws-sdk/client-ecs';
import { AwsError } from '../errors.ts';
import { type Page, pageOf } from '../paging.ts';
import type { Account } from '../world.ts';

/** An ARN of ECS in this account and region. */
export function ecsArn(account: Account, path: string): string {
  const [, partition = 'aws'] = account.role.arn.split(':');
  return `arn:${partition}:ecs:${account.region}:${account.id}:${path}`;
}

/** ECS takes a name or an ARN wherever it takes a cluster, and the cluster `default` where none is given. */
export function clusterArnOf(account: Account, cluster: string | undefined): string {
  const reference = cluster || 'default';
  return reference.startsWith('arn:') ? reference : ecsArn(account, `cluster/${reference}`);
}

/** @throws ClusterNotFoundException also for a cluster that was deleted and is INACTIVE */
export function findCluster(account: Account, cluster: string | undefined): Cluster {
  const arn = clusterArnOf(account, cluster);
  const found = account.world.clusters.find((candidate) => candidate.clusterArn === arn);
  if (!found || found.status === 'INACTIVE')
    throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
}

/** The full ARN of a service, task or container instance, from its name, short or long ARN. */
export function memberArn(account: Account, cluster: Cluster, kind: string, reference: string): string {
  if (!reference.startsWith('arn:')) return ecsArn(account, `${kind}/${cluster.clusterName}/${reference}`);
  const [resource = '', ...path] = reference.split(':').slice(5).join(':').split('/');
  if (resource !== kind) throw invalid(`Invalid identifier: ${resource}`);
  if (path.length < 2) return ecsArn(account, `${kind}/${cluster.clusterName}/${path[0]}`);
  if (path[0] !== cluster.clusterName) {
    throw invalid(`Identifier is for cluster ${path[0]}. Your cluster is ${cluster.clusterName}`);
  }
  return reference;
}

/** The ARN that IAM names when it refuses a call on a service, task or container instance. */
export function memberResource(
  account: Account,
  kind: string,
  cluster: string | undefined,
  reference = '*',
): string {
  if (reference.startsWith('arn:')) return reference;
  return ecsArn(account, `${kind}/${clusterArnOf(account, cluster).split('/').at(-1)}/${reference}`);
}

/** @throws ServiceNotFoundException */
export function findService(account: Account, cluster: Cluster, reference: string): Service {
  const arn = memberArn(account, cluster, 'service', reference);
  const found = findMember(account.world.services, (service) => service.serviceArn, arn);
  if (!found) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  return found;
}

/** Finds a member of a cluster by its ARN. ARNs of the old format lack the cluster's name. */
export function findMember<T>(
  items: readonly T[],
  arnOf: (item: T) => string | undefined,
  arn: string,
): T | undefined {
  const old = arn.replace(/^(arn:[^/]+)\/[^/]+\//, '$1/');
  return items.find((item) => arnOf(item) === arn) ?? items.find((item) => arnOf(item) === old);
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Splits what was asked for into what is there and the failures that ECS lists beside it. */
export function described<T>(
  arns: readonly string[],
  find: (arn: string) => T | undefined,
): { found: T[]; failures: Failure[] } {
  const found: T[] = [];
  const failures: Failure[] = [];
  for (const arn of new Set(arns)) {
    const item = find(arn);
    if (item) found.push(item);
    else failures.push({ arn, reason: 'MISSING' });
  }
  return { found, failures };
}

/** ECS gives tags only to those who ask for them. */
export function withTags<T extends { tags?: Tag[] }>(item: T, include: readonly string[] | undefined): T {
  return include?.includes('TAGS') ? { ...item, tags: item.tags ?? [] } : { ...item, tags: undefined };
}

/** @param most the largest number that ECS takes, @param what its own word for the list */
export function checkCount(
  list: readonly string[] | undefined,
  what: string,
  most: number,
  empty: string,
): string[] {
  if (!list?.length) throw invalid(empty);
  if (list.length > most) throw invalid(`${what} can have at most ${most} items.`);
  return [...list];
}

/** A page of ECS: 1 to 100 results, and so many when nothing is asked for. */
export function ecsPage<T>(
  items: readonly T[],
  list: string,
  input: { nextToken?: string; maxResults?: number },
  usual = 100,
): Page<T> {
  const size = input.maxResults ?? usual;
  if (size < 1 || size > 100) throw invalid('maxResults must be between 1 and 100.');
  return pageOf(items, list, input.nextToken, size, () => invalid('Invalid token.'));
}

/** The items' own key, for those that have one. */
export function keysOf<T>(items: readonly T[], key: (item: T) => string | undefined): string[] {
  return items.map(key).filter((value) => value !== undefined);
}
