import type { Activity, Instance } from '@aws-sdk/client-auto-scaling';
import type { CapacityProvider, ContainerInstance } from '@aws-sdk/client-ecs';
import { describeCapacityProviders, describeScalingActivities, describeScalingGroup } from '../../by-hand.ts';
import { explain } from '../../explain.ts';
import type { CapacityProviders } from '../../facts/capacity-providers.ts';
import type { ScalingGroup } from '../../facts/scaling-groups.ts';
import type { Evidence, Target } from '../../report.ts';
import type { ProviderLink } from '../../waiting-details.ts';
import { cut, plural } from '../../words.ts';
import { isUnderWay, launchesOf } from './launches.ts';

/** Where the way from the strategy to an instance is broken. */
export interface Break {
  /** Absent: what the instances lack is the cause, and this link is why no more of them come. */
  cause?: string;
  summary: string;
  evidence: Evidence;
  /** A launch is under way: nothing is broken, it takes its time. */
  underWay?: true;
}

export interface Chain {
  links: ProviderLink[];
  broken?: Break;
  /** The Auto Scaling group at its end. */
  group?: string;
  /** IAM actions of the calls that were not answered, so that the chain may be broken where that is not seen. */
  unread: readonly string[];
}

interface Known {
  providers: CapacityProviders;
  groups: readonly ScalingGroup[];
  instances: readonly ContainerInstance[];
  /** Whether those are all that the cluster has. */
  complete: boolean;
  target: Target;
  now: Date;
}

/**
 * Follows each capacity provider to its Auto Scaling group and what that did last, up to the first broken link. One
 * provider that works is enough for the strategy, so the first broken one is only the answer where all are.
 */
export function providerChain(known: Known): Chain {
  const { providers, groups, target } = known;
  const missing = providers.missing.map((name): Chain => {
    const text = `capacity provider ${name} does not exist`;
    return broken([], text, 'capacity-provider-empty', {
      api: 'ecs:DescribeCapacityProviders',
      field: 'failures[].reason',
      value: `${name} MISSING`,
      cli: describeCapacityProviders(target, [name]),
    });
  });
  const chains = providers.found.map((provider) =>
    chainOf(
      provider,
      groups.find((group) => group.provider === provider.name),
      known,
    ),
  );
  const all = [...chains, ...missing];
  return (
    all.find(bringsSome) ??
    all.find((chain) => chain.broken === undefined) ??
    all[0] ?? { links: [], unread: [] }
  );
}

function bringsSome({ broken }: Chain): boolean {
  return broken?.underWay === true;
}

function broken(
  before: readonly ProviderLink[],
  summary: string,
  cause: string | undefined,
  evidence: Evidence,
): Chain {
  return {
    links: [...before, { text: summary, ok: false }],
    broken: { cause, summary, evidence },
    unread: [],
  };
}

function chainOf(provider: CapacityProvider, scaling: ScalingGroup | undefined, known: Known): Chain {
  const { name = '' } = provider;
  const cli = describeCapacityProviders(known.target, [name]);
  const evidence = (field: string, value: string): Evidence => ({
    api: 'ecs:DescribeCapacityProviders',
    field: `capacityProviders[0].${field}`,
    value,
    cli,
  });
  const { status, updateStatus, updateStatusReason, autoScalingGroupProvider } = provider;
  if (status !== undefined && status !== 'ACTIVE') {
    const text = `capacity provider ${name} is ${status}`;
    return broken([], text, 'capacity-provider-empty', evidence('status', status));
  }
  if (updateStatus?.endsWith('FAILED')) {
    const text = `capacity provider ${name}: ${updateStatus}${updateStatusReason ? `, ${updateStatusReason}` : ''}`;
    return broken([], text, 'capacity-provider-empty', evidence('updateStatus', text));
  }
  const first: ProviderLink[] = [{ text: `capacity provider ${name} is ACTIVE`, ok: true }];
  // Managed Instances have no group of their own: ECS launches, and says in the events what EC2 refused.
  if (!autoScalingGroupProvider || !scaling) return { links: first, unread: [] };
  return { ...groupChain(first, provider, scaling, known), group: scaling.name };
}

function groupChain(
  before: readonly ProviderLink[],
  provider: CapacityProvider,
  scaling: ScalingGroup,
  known: Known,
): Chain {
  const { name, group, activities } = scaling;
  const unread = scaling.unread ? ['autoscaling:DescribeScalingActivities'] : [];
  const cli = describeScalingGroup(known.target, name);
  const evidence = (field: string, value: string): Evidence => ({
    api: 'autoscaling:DescribeAutoScalingGroups',
    field: `AutoScalingGroups[0].${field}`,
    value,
    cli,
  });
  if (!group) {
    const text = `Auto Scaling group ${name} no longer exists`;
    return broken(before, text, 'capacity-provider-empty', evidence('AutoScalingGroupName', 'not found'));
  }
  const { DesiredCapacity = 0, MaxSize = 0, MinSize = 0 } = group;
  const sizes = `${MinSize} to ${MaxSize}, desired ${DesiredCapacity}`;
  const links = [...before, { text: `Auto Scaling group ${name} (${sizes})`, ok: true }];
  const launch = group.SuspendedProcesses?.find(({ ProcessName }) => ProcessName === 'Launch');
  if (launch) {
    const text = `group ${name} has its Launch process suspended`;
    return broken(
      links,
      text,
      'capacity-provider-empty',
      evidence('SuspendedProcesses', launch.SuspensionReason || 'Launch'),
    );
  }
  const launches = launchesOf(activities, known.now);
  const failed = launches[0]?.StatusCode === 'Failed' ? launches[0] : undefined;
  if (failed) return launchBreak(links, failed, scaling, known);
  // Without the activities it is not known how long an instance has had to join.
  const strangers = scaling.unread ? [] : notRegistered(group.Instances ?? [], activities, known);
  if (strangers.length > 0) {
    const ids = strangers.map(({ InstanceId }) => InstanceId).join(', ');
    const text = `${plural(strangers.length, 'instance')} of ${name} ${strangers.length === 1 ? 'runs' : 'run'} and never joined the cluster (${cut(ids, 80)})`;
    return broken(links, text, 'capacity-provider-empty', evidence('Instances[].InstanceId', ids));
  }
  const starting = launches.find(isUnderWay);
  if (starting) {
    const text = starting.Description ?? 'an instance is being launched';
    const summary = `${name}: ${cut(text, 120)}, ${starting.StatusCode}`;
    return {
      links: [...links, { text: summary, ok: true }],
      broken: { summary, underWay: true, evidence: activityEvidence(starting, name, known.target) },
      unread: [],
    };
  }
  if (DesiredCapacity >= MaxSize) {
    const text = `group ${name} is at its maximum of ${MaxSize}`;
    const cause = MaxSize === 0 ? 'capacity-provider-empty' : undefined;
    const value = `${MaxSize}, desired ${DesiredCapacity}`;
    return { ...broken(links, text, cause, evidence('MaxSize', value)), unread };
  }
  if (provider.autoScalingGroupProvider?.managedScaling?.status !== 'ENABLED') {
    const text = `managed scaling of ${provider.name} is off: nothing raises the desired capacity of ${DesiredCapacity}`;
    const cause = DesiredCapacity === 0 ? 'capacity-provider-empty' : undefined;
    const desired = evidence('DesiredCapacity', String(DesiredCapacity));
    return { ...broken(links, text, cause, desired), unread };
  }
  return { links, unread };
}

function launchBreak(
  links: readonly ProviderLink[],
  failed: Activity,
  { name, provider }: ScalingGroup,
  { target }: Known,
): Chain {
  const said = failed.StatusMessage ?? failed.Description ?? 'no reason given';
  // EC2 says the same to an Auto Scaling group as it does to Managed Instances, whose text names the provider.
  const [read] = explain({
    where: 'service.event',
    text: `was unable to place a task. Reason: ResourceInitializationError: Unable to launch instance(s) for capacity provider ${provider}. ${said}`,
  });
  const cause = read?.cause.startsWith('capacity-provider-') ? read.cause : 'capacity-provider-launch-failed';
  // EC2 explains at length; its first sentence says what.
  const [first = said] = said.split(/(?<=[.!])\s/);
  const text = `group ${name} cannot launch: ${cut(first.replace(/\.$/, ''), 200)}`;
  return broken(links, text, cause, activityEvidence(failed, name, target));
}

function activityEvidence(activity: Activity, name: string, target: Target): Evidence {
  return {
    api: 'autoscaling:DescribeScalingActivities',
    field: 'Activities[0].StatusMessage',
    value: `${activity.StatusCode ?? ''} ${activity.StatusMessage ?? activity.Description ?? ''}`.trim(),
    at: activity.StartTime?.toISOString(),
    cli: describeScalingActivities(target, name),
  };
}

/** From launch to registration an instance boots and starts its agent; ten minutes later it will not. Milliseconds. */
const joinsWithin = 10 * 60_000;

function notRegistered(
  launched: readonly Instance[],
  activities: readonly Activity[],
  { instances, complete, now }: Known,
): Instance[] {
  // An instance on a page that was not read is no stranger.
  if (!complete) return [];
  const registered = new Set(instances.map(({ ec2InstanceId }) => ec2InstanceId));
  return launched.filter(({ InstanceId = '', LifecycleState }) => {
    if (LifecycleState !== 'InService' || registered.has(InstanceId)) return false;
    const own = activities.find(({ Description }) => Description?.includes(InstanceId));
    const since = (own?.EndTime ?? own?.StartTime)?.getTime();
    return since === undefined || now.getTime() - since > joinsWithin;
  });
}
