import type {
  Cluster,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  ListClustersResponse,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import { clusterArnOf, described, ecsPage, invalid, keysOf, withTags } from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const clusterOperations: Record<string, Operation> = {
  ListClusters: overWorld(listClusters),
  DescribeClusters: overWorld(describeClusters, (input, account) =>
    clusterArnOf(account, input.clusters?.[0]),
  ),
};

function listClusters(input: ListClustersRequest, { world }: Account): ListClustersResponse {
  const living = world.clusters.filter((cluster) => cluster.status !== 'INACTIVE');
  const { items, nextToken } = ecsPage(
    keysOf(living, (cluster) => cluster.clusterArn),
    'clusters',
    input,
  );
  return { clusterArns: items, nextToken };
}

function describeClusters(input: DescribeClustersRequest, account: Account): DescribeClustersResponse {
  const references = input.clusters?.length ? input.clusters : ['default'];
  if (references.length > 100) throw invalid('Clusters can have at most 100 items.');
  const arns = references.map((reference) => clusterArnOf(account, reference));
  const { found, failures } = described(arns, (arn) =>
    account.world.clusters.find((cluster) => cluster.clusterArn === arn),
  );
  return { clusters: found.map((cluster) => shown(cluster, input.include)), failures };
}

/** Attachments, configuration, settings, statistics and tags are left out unless asked for. */
function shown(cluster: Cluster, include: readonly string[] = []): Cluster {
  const attachments = include.includes('ATTACHMENTS');
  return {
    ...withTags(cluster, include),
    attachments: attachments ? (cluster.attachments ?? []) : undefined,
    attachmentsStatus: attachments ? cluster.attachmentsStatus : undefined,
    configuration: include.includes('CONFIGURATIONS') ? cluster.configuration : undefined,
    settings: include.includes('SETTINGS') ? (cluster.settings ?? []) : [],
    statistics: include.includes('STATISTICS') ? (cluster.statistics ?? []) : [],
    tags: include.includes('TAGS') ? (cluster.tags ?? []) : [],
  };
}
