import { defineFact, type FactContext } from '../../fact.ts';
import { networkOf } from '../../placement/compute.ts';
import type { TaskInstance } from '../network/hosts.ts';
import { service } from '../service.ts';
import { otherService, otherTasks } from './other-side.ts';

/** DescribeContainerInstances takes 100; a service on more hosts is looked at as far as that. */
const atMost = 100;

const actions = ['ecs:DescribeContainerInstances', 'ec2:DescribeInstances'];

/** Instances that tasks of the service which calls run on, where its tasks share their network; else none. */
export const hosts = defineFact<TaskInstance[]>({
  id: 'connect-hosts',
  what: 'the instances of the service that connects',
  actions: ['ecs:ListContainerInstances', ...actions],
  async load(context) {
    const { read, aws, target } = context;
    const described = await read(service);
    if (!described || networkOf(described).subnets.length > 0) return [];
    // Those of its tasks, without looking the tasks up first.
    const filter = `task:group == service:${target.service}`;
    const listed = await aws.ecs.listContainerInstances({ cluster: target.cluster, filter });
    return instancesOf(context, listed.containerInstanceArns ?? []);
  },
});

/** The same of the other end. */
export const otherHosts = defineFact<TaskInstance[]>({
  id: 'other-hosts',
  what: 'the instances of the service to connect to',
  actions,
  async load(context) {
    const { read } = context;
    const described = await read(otherService);
    if (!described || networkOf(described).subnets.length > 0) return [];
    const arns = (await read(otherTasks)).flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
    return instancesOf(context, arns);
  },
});

async function instancesOf(
  { aws, target: { cluster } }: FactContext,
  arns: readonly string[],
): Promise<TaskInstance[]> {
  const containerInstances = [...new Set(arns)].slice(0, atMost);
  if (containerInstances.length === 0) return [];
  const known =
    (await aws.ecs.describeContainerInstances({ cluster, containerInstances })).containerInstances ?? [];
  const ids = known.flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []);
  if (ids.length === 0) return [];
  const described = await aws.ec2.describeInstances({ Filters: [{ Name: 'instance-id', Values: ids }] });
  const found = (described.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
  return known.flatMap(({ ec2InstanceId, containerInstanceArn = '', agentConnected }) => {
    const instance = found.find(({ InstanceId }) => InstanceId === ec2InstanceId);
    if (instance?.SubnetId === undefined) return [];
    return [{ instance, containerInstance: containerInstanceArn, connected: agentConnected === true }];
  });
}
