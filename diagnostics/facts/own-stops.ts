import type { Task } from '@aws-sdk/client-ecs';
import type { FactContext } from '../fact.ts';
import { isOfDeployment } from '../of-deployment.ts';
import { service } from './service.ts';
import { serviceDeployments } from './service-deployments.ts';
import { serviceRevisions } from './service-revisions.ts';

/** Of these tasks, those that the newest deployment started; all of them where it is not only asked about that. */
export async function ownStops(context: FactContext, stopped: Task[]): Promise<Task[]> {
  if (context.scope.deployment !== true) return stopped;
  const [described, briefs, revisions] = await Promise.all([
    context.settle(service),
    context.settle(serviceDeployments),
    context.settle(serviceRevisions),
  ]);
  const newest = briefs.ok ? briefs.value[0] : undefined;
  if (!described.ok || !described.value) {
    // Whose task it was cannot be told without the service; what is older than the deployment was not its.
    const began = (newest?.startedAt ?? newest?.createdAt)?.getTime() ?? 0;
    return stopped.filter(({ createdAt }) => createdAt === undefined || createdAt.getTime() >= began);
  }
  const revision = revisions.ok ? revisions.value[newest?.targetServiceRevisionArn ?? ''] : undefined;
  const of = { service: described.value, newest, definition: revision?.taskDefinition };
  return stopped.filter((task) => isOfDeployment(task, of));
}
