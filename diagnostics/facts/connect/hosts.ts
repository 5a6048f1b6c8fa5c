import { defineFact, type FactContext } from '../../fact.ts';
import { networkOf } from '../../placement/compute.ts';
import { containerInstancesById } from '../container-instances-by-id.ts';
import { onEc2, type TaskInstance } from '../network/hosts.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';
import { otherService, otherTasks } from './other-side.ts';

const actions = [...containerInstancesById.actions, 'ec2:DescribeInstances'];

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

async function instancesOf(context: FactContext, arns: readonly string[]): Promise<TaskInstance[]> {
  return onEc2(context, await context.read(containerInstancesById, asKey(arns)));
}
