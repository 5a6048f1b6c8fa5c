import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { redactAll } from '../redact.ts';

/** What one page may hold; older ones are not read. */
export const listedAtMost = 20;

/**
 * The service's newest 20 deployments, newest first. Unlike the list in DescribeServices this one keeps those
 * that failed or were rolled back.
 */
export const serviceDeployments = defineFact<ServiceDeploymentBrief[]>({
  id: 'service-deployments',
  what: 'the history of deployments',
  actions: ['ecs:ListServiceDeployments'],
  async load({ target, aws }) {
    if (target.service === undefined) return [];
    const answer = await aws.ecs.listServiceDeployments({
      cluster: target.cluster,
      service: target.service,
      maxResults: listedAtMost,
    });
    const found = answer.serviceDeployments ?? [];
    const reasons = await redactAll(found.map(({ statusReason }) => statusReason ?? ''));
    return found
      .map((deployment, index) => ({ ...deployment, statusReason: reasons[index] || undefined }))
      .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  },
});
