import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { defineFact } from '../../fact.ts';
import { isBurstable } from '../../perf/burstable.ts';
import { computeOf } from '../../placement/compute.ts';
import { containerInstancesById } from '../container-instances-by-id.ts';
import type { Point } from '../health-metrics.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';

/** An instance that tasks of the service are on. */
export interface Host {
  /** `i-…` */
  id: string;
  /** As ECS has it of the instance; absent where the agent has not said. */
  type?: string;
}

export interface Hosts {
  hosts: Host[];
  /** There are more than are looked at. */
  more: boolean;
}

/** One call describes as many, and three series each are fewer than the 500 that one call reads. */
const hostsAtMost = 100;

/** Where the tasks of the service are; empty on Fargate, which costs no call. */
export const serviceHosts = defineFact<Hosts>({
  id: 'service-hosts',
  what: 'the instances of its tasks',
  actions: ['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances'],
  async load({ read, target: { cluster, service: name }, aws }) {
    const described = await read(service);
    if (!described || name === undefined || computeOf(described).kind !== 'instances')
      return { hosts: [], more: false };
    const { containerInstanceArns = [], nextToken } = await aws.ecs.listContainerInstances({
      cluster,
      filter: `task:group == service:${name}`,
      maxResults: hostsAtMost,
    });
    const containerInstances = containerInstanceArns.slice(0, hostsAtMost);
    if (containerInstances.length === 0) return { hosts: [], more: false };
    const found = await read(containerInstancesById, asKey(containerInstances));
    const hosts = found.flatMap(({ ec2InstanceId: id, attributes = [] }): Host[] => {
      const type = attributes.find(({ name: each }) => each === 'ecs.instance-type')?.value;
      return id?.startsWith('i-') ? [{ id, ...(type !== undefined && { type }) }] : [];
    });
    return { hosts, more: nextToken !== undefined && nextToken !== null };
  },
});

/** What an instance used, oldest first. */
export interface HostUsage extends Host {
  /** Of all its CPUs, percent. */
  cpu: Point[];
  /** Empty where the instance spends no credits. */
  credits: Point[];
  /** Credits that it has spent and not earned, in unlimited mode. */
  surplus: Point[];
}

/** EC2 sends these every five minutes where nobody pays for more. Seconds. */
const hostPeriod = 300;

const metrics = [
  ['cpu', 'CPUUtilization', 'Average'],
  ['credits', 'CPUCreditBalance', 'Minimum'],
  ['surplus', 'CPUSurplusCreditBalance', 'Maximum'],
] as const;

/** @param period seconds of the service's own points */
export function hostQueries(hosts: readonly Host[], period: number): MetricDataQuery[] {
  return hosts.flatMap(({ id, type }, index) =>
    metrics
      .filter(([kind]) => kind === 'cpu' || isBurstable(type))
      .map(([kind, MetricName, Stat]) => ({
        Id: `host${index}${kind}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/EC2',
            MetricName,
            Dimensions: [{ Name: 'InstanceId', Value: id }],
          },
          Period: Math.max(period, hostPeriod),
          Stat,
        },
      })),
  );
}

export function hostUsages(hosts: readonly Host[], points: (id: string) => Point[]): HostUsage[] {
  return hosts.map((host, index) => ({
    ...host,
    cpu: points(`host${index}cpu`),
    credits: points(`host${index}credits`),
    surplus: points(`host${index}surplus`),
  }));
}
