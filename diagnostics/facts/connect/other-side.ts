import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { InstanceSummary } from '@aws-sdk/client-servicediscovery';
import { defineFact, FactFailure } from '../../fact.ts';
import { cleanService, cleanTasks } from '../clean.ts';
import { listenerRules, listeners, loadBalancer } from '../load-balancers.ts';
import { partOf, type Read } from '../read.ts';
import { targetGroupAttributes } from '../target-group-attributes.ts';
import { taskDefinition } from '../task-definitions.ts';

/** The service at the other end of a connection. Undefined where the other end is a host. */
export const otherService = defineFact<Service | undefined>({
  id: 'other-service',
  what: 'the service to connect to',
  actions: ['ecs:DescribeServices'],
  async load({ scope, target, aws }) {
    if (scope.to?.kind !== 'service') return undefined;
    const { name } = scope.to;
    const answer = await aws.ecs.describeServices({ cluster: target.cluster, services: [name] });
    const found = answer.services?.[0];
    if (!found || found.status === 'INACTIVE')
      throw new FactFailure(`There is no service ${name} in cluster ${target.cluster}.`, 'NotFound');
    return cleanService(found);
  },
});

/** Its running tasks, a hundred at most. */
export const otherTasks = defineFact<Task[]>({
  id: 'other-tasks',
  what: 'the tasks to connect to',
  actions: ['ecs:ListTasks', 'ecs:DescribeTasks'],
  async load({ scope, target, aws }) {
    if (scope.to?.kind !== 'service') return [];
    const { cluster } = target;
    const listed = await aws.ecs.listTasks({ cluster, serviceName: scope.to.name, desiredStatus: 'RUNNING' });
    if (!listed.taskArns?.length) return [];
    const described = await aws.ecs.describeTasks({ cluster, tasks: listed.taskArns });
    return cleanTasks(described.tasks ?? []);
  },
});

export const otherDefinition = defineFact<TaskDefinition | undefined>({
  id: 'other-definition',
  what: 'the task definition of the service to connect to',
  actions: taskDefinition.actions,
  async load({ read }) {
    const arn = (await read(otherService))?.taskDefinition;
    return arn === undefined ? undefined : read(taskDefinition, arn);
  },
});

/** A target group of the service, with the load balancer, listeners and rules in front of it. */
export interface Front {
  arn: string;
  group: TargetGroup | undefined;
  targets: Read<TargetHealthDescription[]>;
  balancers: { balancer: LoadBalancer; listeners: Listener[]; rules: Rule[] }[];
  /** Of a network load balancer alone. */
  keepsClientAddress?: boolean;
}

const frontTargets = defineFact<TargetHealthDescription[], string>({
  id: 'front-targets',
  what: 'the health of the targets to connect to',
  actions: ['elasticloadbalancing:DescribeTargetHealth'],
  async load({ aws }, arn) {
    const answer = await aws.elb.describeTargetHealth({ TargetGroupArn: arn });
    return answer.TargetHealthDescriptions ?? [];
  },
});

export const otherFronts = defineFact<Front[]>({
  id: 'other-fronts',
  what: 'the load balancers of the service to connect to',
  actions: [
    'elasticloadbalancing:DescribeTargetGroups',
    ...frontTargets.actions,
    ...loadBalancer.actions,
    ...listeners.actions,
    ...listenerRules.actions,
    ...targetGroupAttributes.actions,
  ],
  async load({ read, settle, aws }) {
    const described = await read(otherService);
    const named = (described?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
    return Promise.all(
      [...new Set(named)].map(async (arn): Promise<Front> => {
        const [groups, health] = await Promise.all([
          aws.elb.describeTargetGroups({ TargetGroupArns: [arn] }),
          settle(frontTargets, arn),
        ]);
        const group = groups.TargetGroups?.[0];
        const balancers = await Promise.all(
          (group?.LoadBalancerArns ?? []).map(async (balancerArn) => {
            const [balancer, all] = await Promise.all([
              read(loadBalancer, balancerArn),
              read(listeners, balancerArn),
            ]);
            const isApplication = balancer?.Type === 'application';
            const rules = isApplication
              ? await Promise.all(all.map(({ ListenerArn = '' }) => read(listenerRules, ListenerArn)))
              : [];
            return balancer ? [{ balancer, listeners: all, rules: rules.flat() }] : [];
          }),
        );
        const found = balancers.flat();
        const front = { arn, group, targets: partOf(frontTargets.what, health), balancers: found };
        if (!found.some(({ balancer }) => balancer.Type === 'network')) return front;
        const attributes = await read(targetGroupAttributes, arn);
        return { ...front, keepsClientAddress: keepsAddress(attributes, group) };
      }),
    );
  },
});

/** Where nothing is set, targets by instance see the client's address, and those by address that of the balancer. */
function keepsAddress(attributes: Record<string, string>, group: TargetGroup | undefined): boolean {
  const set = attributes['preserve_client_ip.enabled'];
  return set === undefined ? group?.TargetType === 'instance' : set === 'true';
}

/** What Cloud Map answers for the service: by id of the registry, its instances. */
export const otherInstances = defineFact<{ registry: string; instances: InstanceSummary[] }[]>({
  id: 'other-instances',
  what: 'the instances in Cloud Map',
  actions: ['servicediscovery:ListInstances'],
  async load({ read, aws }) {
    const described = await read(otherService);
    const arns = (described?.serviceRegistries ?? []).flatMap(({ registryArn }) => registryArn ?? []);
    return Promise.all(
      arns.map(async (arn) => {
        const registry = arn.split('/').at(-1) ?? '';
        const instances: InstanceSummary[] = [];
        let NextToken: string | undefined;
        do {
          const answer = await aws.discovery.listInstances({ ServiceId: registry, NextToken });
          instances.push(...(answer.Instances ?? []));
          NextToken = answer.NextToken;
        } while (NextToken && instances.length < 1000);
        return { registry, instances };
      }),
    );
  },
});
