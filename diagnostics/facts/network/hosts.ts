import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../../fact.ts';
import { instancesOfTasks } from '../container-instances.ts';

/** An EC2 instance as ECS knows it. */
export interface TaskInstance {
  instance: Instance;
  containerInstance: string;
  /** Whether its agent talks to ECS now. */
  connected: boolean;
}

/**
 * The EC2 instances behind the tasks of the target, those that stopped lately among them; a service on more hosts than
 * one call takes is looked at as far as that.
 */
export const taskInstances = defineFact<TaskInstance[]>({
  id: 'task-instances',
  what: instancesOfTasks.what,
  actions: [...instancesOfTasks.actions, 'ec2:DescribeInstances'],
  load: async (context) => onEc2(context, await context.read(instancesOfTasks)),
});

/** These container instances with their EC2 instances; one that is gone is missing. */
export async function onEc2(
  { aws }: FactContext,
  known: readonly ContainerInstance[],
): Promise<TaskInstance[]> {
  const ids = known.flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []);
  if (ids.length === 0) return [];
  const described = await aws.ec2.describeInstances({ Filters: [{ Name: 'instance-id', Values: ids }] });
  const found = (described.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
  return known.flatMap(({ ec2InstanceId, containerInstanceArn = '', agentConnected }) => {
    const instance = found.find(({ InstanceId }) => InstanceId === ec2InstanceId);
    // A terminated instance stays in the answer for an hour and has no subnet any more.
    if (instance?.SubnetId === undefined) return [];
    return [{ instance, containerInstance: containerInstanceArn, connected: agentConnected === true }];
  });
}

/** Network interfaces by `asKey` of their ids. Asked by filter, since one that is gone fails a call by ids. */
export const interfaces = defineFact<NetworkInterface[], readonly string[]>({
  id: 'network-interfaces',
  what: 'the network interfaces of the tasks',
  actions: ['ec2:DescribeNetworkInterfaces'],
  load: interfacesById,
});

/** Those that routes lead to: a NAT instance, a firewall. */
export const appliances = defineFact<NetworkInterface[], readonly string[]>({
  id: 'appliances',
  what: 'the machines that routes lead to',
  actions: interfaces.actions,
  load: interfacesById,
});

async function interfacesById({ aws }: FactContext, ids: readonly string[]): Promise<NetworkInterface[]> {
  const Filters = [{ Name: 'network-interface-id', Values: [...ids].slice(0, 200) }];
  return (await aws.ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces ?? [];
}
