import type { ServiceRevision } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { service } from './service.ts';
import { serviceDeployments } from './service-deployments.ts';

/** DescribeServiceRevisions takes no more at once. */
const describedAtMost = 20;

/** Service revisions by their ARN. They alone say which task definition a service deployment was about. */
export type ServiceRevisions = Record<string, ServiceRevision>;

/** What the newest deployments deployed, and what runs now. */
export const serviceRevisions = defineFact<ServiceRevisions>({
  id: 'service-revisions',
  what: 'what the deployments deployed',
  actions: ['ecs:DescribeServiceRevisions'],
  async load(context) {
    const [described, briefs] = await Promise.all([
      context.settle(service),
      context.read(serviceDeployments),
    ]);
    const current = described.ok ? (described.value?.currentServiceRevisions ?? []) : [];
    const arns = [
      ...briefs.slice(0, 1).map(({ targetServiceRevisionArn }) => targetServiceRevisionArn),
      ...current.map(({ arn }) => arn),
      ...briefs.map(({ targetServiceRevisionArn }) => targetServiceRevisionArn),
    ];
    const distinct = [...new Set(arns)].filter((arn) => arn !== undefined).slice(0, describedAtMost);
    if (distinct.length === 0) return {};
    const answer = await context.aws.ecs.describeServiceRevisions({ serviceRevisionArns: distinct });
    // A revision made before October 2024 is answered as MISSING: it is simply not among these.
    return Object.fromEntries(
      (answer.serviceRevisions ?? []).map((revision) => [revision.serviceRevisionArn ?? '', revision]),
    );
  },
});
