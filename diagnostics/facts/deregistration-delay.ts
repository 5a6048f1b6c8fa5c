import type { Service } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../fact.ts';
import { service } from './service.ts';
import { targetGroupAttributes } from './target-group-attributes.ts';
import { tasks } from './tasks.ts';

/** What ELB sets where nobody says otherwise. Seconds. Source: ELB User Guide, "Deregistration delay". */
export const usualDelay = 300;

/**
 * Seconds that a target may take to leave its group, by the group's ARN. Asked only while a deployment replaces tasks
 * or tasks are on their way out, which they still are when the deployment that they were of is no longer listed.
 */
export const deregistrationDelay = defineFact<Record<string, number>>({
  id: 'deregistration-delay',
  what: 'how long old targets may drain',
  actions: targetGroupAttributes.actions,
  async load(context) {
    const described = await context.read(service);
    const arns = groupsOf(described);
    if (arns.length === 0 || !(await isReplacing(context, described))) return {};
    const entries = arns.map(async (arn) => {
      const attributes = await context.read(targetGroupAttributes, arn);
      return [arn, Number(attributes['deregistration_delay.timeout_seconds'] ?? usualDelay)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
});

/** Where another controller deploys, its task sets name the groups; with blue/green tasks are in one group of two. */
function groupsOf({ loadBalancers = [], taskSets = [] }: Service = {}): string[] {
  const all = [...loadBalancers, ...taskSets.flatMap((set) => set.loadBalancers ?? [])];
  const arns = all.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn,
  ]);
  return [...new Set(arns.filter((arn) => arn !== undefined))];
}

async function isReplacing(context: FactContext, described: Service | undefined): Promise<boolean> {
  const { deployments = [], deploymentConfiguration } = described ?? {};
  // Asked at once, as old tasks drain soon; blue stays whole until green has proved itself.
  if (deployments.length > 1 && (deploymentConfiguration?.strategy ?? 'ROLLING') === 'ROLLING') return true;
  const known = await context.settle(tasks);
  return known.ok && known.value.stopping.length > 0;
}
