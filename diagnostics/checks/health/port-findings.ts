import type { TaskDefinition } from '@aws-sdk/client-ecs';
import {
  describeService,
  describeTargetGroup,
  describeTargetHealth,
  describeTaskDefinition,
} from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { JoinedGroup } from '../../health/join.ts';
import { isInstance, standingOf } from '../../health/states.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed, plural, revisionOf } from '../../words.ts';
import { checkedOf, definitionOf, type Picture } from './picture.ts';

/**
 * Ports that do not fit. The port of the target group itself is only a default for targets that are registered
 * without one, and ECS always names one: it is never compared.
 */
export function portFindings(picture: Picture): Finding[] {
  const definition = definitionOf(picture);
  if (!definition) return [];
  return [
    ...missingPorts(picture, definition),
    ...checkedOf(picture).flatMap((group) => differingPort(picture, group, definition)),
  ];
}

function missingPorts({ service, context: { target } }: Picture, definition: TaskDefinition): Finding[] {
  const registered = [
    ...new Map(
      (service.loadBalancers ?? []).map((each) => [`${each.containerName}:${each.containerPort}`, each]),
    ).values(),
  ];
  return registered.flatMap(({ containerName, containerPort, targetGroupArn = '' }) => {
    if (containerName === undefined || containerPort === undefined) return [];
    const container = definition.containerDefinitions?.find(({ name }) => name === containerName);
    if (container && portsIn([container]).some((port) => port.has(containerPort))) return [];
    const names = {
      ...namesFor(target, { service, definition, container: containerName }),
      port: String(containerPort),
      targetGroupArn,
    };
    const revision = revisionOf(definition.taskDefinitionArn);
    return [
      findingOf(answer('health-container-port-missing', { names, why: 'no such port mapping' }), names, {
        subject: service.serviceArn,
        summary: container
          ? `The service registers port ${containerPort} of ${containerName}; in ${revision} that container has ${portWords([container])}.`
          : `The service registers the container ${containerName}, which ${revision} does not have.`,
        reasonOf: [
          'elb-health-connection-failed',
          'elb-health-timeout',
          'elb-health-failed',
          'elb-target-missing',
        ],
        evidence: [
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].loadBalancers',
            value: `${containerName}:${containerPort}`,
            cli: describeService(target),
          },
          {
            api: 'ecs:DescribeTaskDefinition',
            field: 'taskDefinition.containerDefinitions[].portMappings',
            value: portWords(definition.containerDefinitions ?? []),
            cli: describeTaskDefinition(target, revision),
          },
        ],
      }),
    ];
  });
}

/** A fixed port for checks that no container names, and at which the check gets no proper answer. */
function differingPort(
  { service, definitions, context: { target } }: Picture,
  group: JoinedGroup,
  definition: TaskDefinition,
): Finding[] {
  const asked = group.group?.HealthCheckPort;
  if (asked === undefined || asked === 'traffic-port') return [];
  const fixed = Number(asked);
  const failing = group.targets.filter(
    ({ description, task }) =>
      task &&
      standingOf(description) === 'unhealthy' &&
      description.Target?.Port !== fixed &&
      /^Target\.(?:Timeout|FailedHealthChecks)$/.test(description.TargetHealth?.Reason ?? ''),
  );
  const [first] = failing;
  // One task of the same revision that answers there shows that the port is right.
  const answers = group.targets.some(
    ({ standing, task }) =>
      standing === 'healthy' && task?.taskDefinitionArn === definition.taskDefinitionArn,
  );
  if (!first || answers) return [];
  const isHost = isInstance(first.description);
  if (checkedPorts(definition, isHost).some((port) => port.has(fixed))) return [];
  const traffic = first.description.Target?.Port ?? '?';
  const before = Object.values(definitions).find((one) =>
    checkedPorts(one, isHost).some((port) => port.has(fixed)),
  );
  const refused = first.description.TargetHealth?.Reason === 'Target.FailedHealthChecks';
  const isLost = before !== undefined && refused;
  const names = {
    ...namesFor(target, { service, definition }),
    port: String(traffic),
    name: asked,
    targetGroupArn: group.arn,
  };
  return [
    findingOf(
      answer('health-check-port-differs', {
        names,
        // A process may listen on a port that no mapping names, be slow to, or never come so far.
        status: isLost ? 'confirmed' : 'likely',
        why: 'HealthCheckPort is fixed',
        ...(!isLost && { decide: `whether anything in the task listens on ${asked}: its log, or ECS Exec` }),
      }),
      names,
      {
        subject: group.arn,
        summary: `${group.name} checks port ${asked} while requests go to port ${traffic}; ${revisionOf(definition.taskDefinitionArn)} names ${wordsOf(checkedPorts(definition, isHost))}${before ? `, ${revisionOf(before.taskDefinitionArn)} named ${asked} too` : ''}, and ${plural(failing.length, 'target')} ${failing.length === 1 ? 'gives' : 'give'} no proper answer there.`,
        count: failing.length,
        reasonOf: ['elb-health-connection-failed', 'elb-health-timeout', 'elb-health-failed'],
        evidence: [
          {
            api: 'elasticloadbalancing:DescribeTargetGroups',
            field: 'TargetGroups[0].HealthCheckPort',
            value: asked,
            cli: describeTargetGroup(target, group.arn),
          },
          {
            api: 'elasticloadbalancing:DescribeTargetHealth',
            field: 'TargetHealthDescriptions[].TargetHealth.Reason',
            value: first.description.TargetHealth?.Reason ?? '',
            cli: describeTargetHealth(target, group.arn),
          },
        ],
      },
    ),
  ];
}

/** Ports at which a check may arrive: of a task's own interface the containers', of an instance those that it fixes there. */
function checkedPorts(definition: TaskDefinition, isHost: boolean): Ports[] {
  const containers = definition.containerDefinitions ?? [];
  if (!isHost || definition.networkMode === 'host') return portsIn(containers);
  return containers
    .flatMap(({ portMappings = [] }) => portMappings)
    .flatMap(({ hostPort = 0 }): Ports[] =>
      hostPort === 0 ? [] : [{ has: (port) => port === hostPort, words: String(hostPort) }],
    );
}

type Ports = { has(port: number): boolean; words: string };

/** The ports that containers name, ranges among them. */
function portsIn(containers: NonNullable<TaskDefinition['containerDefinitions']>): Ports[] {
  return containers
    .flatMap(({ portMappings = [] }) => portMappings)
    .flatMap(({ containerPort, containerPortRange }): Ports[] => {
      if (containerPort !== undefined)
        return [{ has: (port) => port === containerPort, words: String(containerPort) }];
      const [from, to] = (containerPortRange ?? '').split('-').map(Number);
      if (from === undefined || to === undefined) return [];
      return [{ has: (port) => from <= port && port <= to, words: `${from}-${to}` }];
    });
}

function portWords(containers: NonNullable<TaskDefinition['containerDefinitions']>): string {
  return wordsOf(portsIn(containers));
}

function wordsOf(ports: readonly Ports[]): string {
  return ports.length === 0 ? 'no port' : `port ${listed(ports.map(({ words }) => words))}`;
}
