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
  const ofSets = taskSets.flatMap((set) =>
    (set.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
  );
  if (ofSets.length === 0) return pairs;
  const all = [...new Set([...pairs.keys(), ...ofSets])];
  for (const arn of all) pairs.set(arn, pairs.get(arn) ?? all.find((other) => other !== arn));
  return pairs;
}
