import type { Service } from '@aws-sdk/client-ecs';

/**
 * The target groups of a service by ARN, each with the other one of its pair where a deployment moves the traffic from
 * one to the other: one of the two may be idle, and belong to no listener, without any fault.
 */
export function pairsOf({ loadBalancers = [], taskSets = [] }: Service): Map<string, string | undefined> {
  const pairs = new Map<string, string | undefined>();
  for (const { targetGroupArn, advancedConfiguration } of loadBalancers) {
    const alternate = advancedConfiguration?.alternateTargetGroupArn;
    if (targetGroupArn) pairs.set(targetGroupArn, alternate);
    if (alternate) pairs.set(alternate, targetGroupArn);
  }
  // CodeDeploy gives each task set a group of its own; the service goes on to name the one of its first.
  const sets = [{ loadBalancers }, ...taskSets].map(groupsOf);
  if (sets.length === 1) return pairs;
  for (const arn of sets.flat()) pairs.set(arn, pairs.get(arn) ?? counterpart(arn, sets));
  return pairs;
}

function groupsOf({ loadBalancers = [] }: Pick<Service, 'loadBalancers'>): string[] {
  return loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
}

/** At the same place of another set, whose tasks are not in this one, too. Groups of one set serve side by side. */
function counterpart(arn: string, sets: readonly string[][]): string | undefined {
  const own = sets.find((set) => set.includes(arn)) ?? [];
  const other = sets.find((set) => set.length > 0 && !set.includes(arn));
  const found = other?.[own.indexOf(arn)];
  return found !== undefined && own.includes(found) ? undefined : found;
}
