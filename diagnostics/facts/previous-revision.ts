import { defineFact } from '../fact.ts';
import { service } from './service.ts';
import { serviceDeployments } from './service-deployments.ts';
import { serviceRevisions } from './service-revisions.ts';

export interface PreviousRevision {
  arn: string;
  /** When the deployment that replaces it began. */
  until?: Date;
}

/**
 * The task definition that was deployed before the one that is: by a deployment that still drains, else by ECS's
 * history of deployments. Undefined where there was none, or none is remembered.
 */
export const previousRevision = defineFact<PreviousRevision | undefined>({
  id: 'previous-revision',
  what: 'the revision before',
  actions: [...serviceDeployments.actions, ...serviceRevisions.actions],
  async load(context) {
    const described = await context.read(service);
    if (!described) return undefined;
    const current = described.taskDefinition;
    const primary = described.deployments?.find(({ status }) => status === 'PRIMARY');
    const until = primary?.createdAt;
    const draining = described.deployments?.find(
      ({ status, taskDefinition }) => status !== 'PRIMARY' && taskDefinition !== current,
    )?.taskDefinition;
    if (draining !== undefined) return { arn: draining, ...(until && { until }) };
    const [briefs, revisions] = await Promise.all([
      context.read(serviceDeployments),
      context.read(serviceRevisions),
    ]);
    const arn = briefs
      .map(({ targetServiceRevisionArn }) => revisions[targetServiceRevisionArn ?? '']?.taskDefinition)
      .find((one) => one !== undefined && one !== current);
    return arn === undefined ? undefined : { arn, ...(until && { until }) };
  },
});
