import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse,
  ListServiceDeploymentsRequest,
  ListServiceDeploymentsResponse,
  ServiceDeployment,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import { checkCount, described, ecsPage, findCluster, findService, memberResource } from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const deploymentOperations: Record<string, Operation> = {
  ListServiceDeployments: overWorld(listServiceDeployments, (input, account) =>
    memberResource(account, 'service', input.cluster, input.service),
  ),
  DescribeServiceDeployments: overWorld(
    describeServiceDeployments,
    (input) => input.serviceDeploymentArns?.[0] ?? '*',
  ),
  DescribeServiceRevisions: overWorld(
    describeServiceRevisions,
    (input) => input.serviceRevisionArns?.[0] ?? '*',
  ),
};

const usualPage = 20;
const mostDescribed = 20;

function listServiceDeployments(
  input: ListServiceDeploymentsRequest,
  account: Account,
): ListServiceDeploymentsResponse {
  const service = findService(account, findCluster(account, input.cluster), input.service ?? '');
  const { after, before } = input.createdAt ?? {};
  const deployments = account.world.serviceDeployments
    .filter((deployment) => deployment.serviceArn === service.serviceArn)
    .filter(
      (deployment) => !input.status?.length || input.status.some((status) => status === deployment.status),
    )
    .filter((deployment) => !after || createdAt(deployment) >= after.getTime())
    .filter((deployment) => !before || createdAt(deployment) <= before.getTime())
    .toSorted((left, right) => createdAt(right) - createdAt(left));
  const { items, nextToken } = ecsPage(deployments, `deployments-of-${service.serviceArn}`, input, usualPage);
  const briefs = items.map((deployment) => ({
    serviceDeploymentArn: deployment.serviceDeploymentArn,
    serviceArn: deployment.serviceArn,
    clusterArn: deployment.clusterArn,
    startedAt: deployment.startedAt,
    createdAt: deployment.createdAt,
    finishedAt: deployment.finishedAt,
    targetServiceRevisionArn: deployment.targetServiceRevision?.arn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  }));
  return { serviceDeployments: briefs, nextToken };
}

function createdAt(deployment: ServiceDeployment): number {
  return deployment.createdAt?.getTime() ?? 0;
}

function describeServiceDeployments(
  input: DescribeServiceDeploymentsRequest,
  { world }: Account,
): DescribeServiceDeploymentsResponse {
  const arns = checkCount(
    input.serviceDeploymentArns,
    'serviceDeploymentArns',
    mostDescribed,
    'serviceDeploymentArns cannot be empty.',
  );
  const { found, failures } = described(arns, (arn) =>
    world.serviceDeployments.find((deployment) => deployment.serviceDeploymentArn === arn),
  );
  return { serviceDeployments: found, failures };
}

function describeServiceRevisions(
  input: DescribeServiceRevisionsRequest,
  { world }: Account,
): DescribeServiceRevisionsResponse {
  const arns = checkCount(
    input.serviceRevisionArns,
    'serviceRevisionArns',
    mostDescribed,
    'serviceRevisionArns cannot be empty.',
  );
  const { found, failures } = described(arns, (arn) =>
    world.serviceRevisions.find((revision) => revision.serviceRevisionArn === arn),
  );
  return { serviceRevisions: found, failures };
}
