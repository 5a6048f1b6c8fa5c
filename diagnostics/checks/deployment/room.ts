import type { Task } from '@aws-sdk/client-ecs';
import { describeService } from '../../by-hand.ts';
import { updateService } from '../../causes/fixes.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { controllerOf } from './controllers.ts';
import type { Rollout } from './rollout.ts';

/** How many tasks the percentages allow to start and to stop at this moment. */
export interface Room {
  desired: number;
  minimum: number;
  maximum: number;
  /** minimum of desired, rounded up; maximum of desired, rounded down. */
  atLeast: number;
  atMost: number;
  /** Every task that is not stopped counts against the maximum, those on their way out too. */
  existing: number;
  healthy: number;
  canStart: number;
  canStop: number;
}

/**
 * Source: DeploymentConfiguration: the minimum is rounded up, the maximum down. Undefined where they do not apply: to
 * daemons, to blue/green, and to controllers that bring their own tasks up beside the old ones.
 */
export function roomOf(rollout: Rollout): Room | undefined {
  const { service, own, old, stopping, tasksKnown } = rollout;
  const strategy = service.deploymentConfiguration?.strategy ?? 'ROLLING';
  const desired = service.desiredCount ?? 0;
  if (controllerOf(service) !== 'ECS') return undefined;
  if (!tasksKnown || desired === 0 || strategy !== 'ROLLING' || service.schedulingStrategy === 'DAEMON')
    return undefined;
  const minimum = service.deploymentConfiguration?.minimumHealthyPercent ?? 100;
  const maximum = service.deploymentConfiguration?.maximumPercent ?? 200;
  const atLeast = Math.ceil((minimum * desired) / 100);
  const atMost = Math.floor((maximum * desired) / 100);
  const existing = own.length + old.length + stopping.length;
  const healthy = [...own, ...old].filter(isHealthy).length;
  return {
    desired,
    minimum,
    maximum,
    atLeast,
    atMost,
    existing,
    healthy,
    canStart: atMost - existing,
    canStop: healthy - atLeast,
  };
}

export function isHealthy({ lastStatus, healthStatus }: Task): boolean {
  return lastStatus === 'RUNNING' && healthStatus !== 'UNHEALTHY';
}

/**
 * Neither a start nor a stop is allowed, and nothing is under way that would change that: no task of the new
 * revision is starting, none of the old is on its way out, and none is unhealthy. Where the maximum leaves no room, ECS
 * stops unhealthy tasks, one by one, and starts new ones in their place; that takes nothing from the healthy ones, so
 * the minimum does not forbid it. Source: ECS API, DeploymentConfiguration, minimumHealthyPercent; ECS Developer
 * Guide, "Amazon ECS services".
 */
export function deadlockOf({ own, old, stopping }: Rollout, room: Room | undefined): Room | undefined {
  if (!room || stopping.length > 0 || own.length >= room.desired || old.length === 0) return undefined;
  const moves = [...own, ...old].some((task) => !isHealthy(task));
  return !moves && room.canStart <= 0 && room.canStop <= 0 ? room : undefined;
}

/** What ends a want of room by itself: `; 1 unhealthy, which ECS stops first`. Empty where there is room, or no such task. */
export function sickWords({ own, old }: Rollout, { canStart, canStop }: Room): string {
  const sick = [...own, ...old].filter(({ healthStatus }) => healthStatus === 'UNHEALTHY').length;
  return sick === 0 || canStart > 0 || canStop > 0 ? '' : `; ${sick} unhealthy, which ECS stops first`;
}

export function roomWords({
  desired,
  minimum,
  maximum,
  atLeast,
  atMost,
  existing,
  healthy,
  canStart,
  canStop,
}: Room): string {
  return `may start ${Math.max(0, canStart)} (maximum ${maximum} % of ${desired} is ${atMost}, ${existing} exist${existing === 1 ? 's' : ''}), may stop ${Math.max(0, canStop)} (minimum ${minimum} % of ${desired} is ${atLeast}, ${healthy} ${healthy === 1 ? 'is' : 'are'} healthy)`;
}

/** The deadlock with the smallest change that ends it. */
export function deadlockFinding(rollout: Rollout, room: Room): Finding {
  const { target, service, revision } = rollout;
  const { desired, existing, healthy, minimum, maximum } = room;
  const raised = Math.ceil(((existing + 1) * 100) / desired);
  const lowered = Math.floor((Math.max(0, healthy - 1) * 100) / desired);
  const names = namesFor(target, { service });
  const finding = findingOf(
    answer('deployment-percent-deadlock', { why: 'the percentages allow neither a start nor a stop' }),
    names,
    {
      subject: service.serviceArn,
      summary: `No task of ${revision} can start: ${roomWords(room)}.`,
      evidence: [
        {
          api: 'ecs:DescribeServices',
          field: 'services[0].deploymentConfiguration',
          value: `minimumHealthyPercent ${minimum}, maximumPercent ${maximum}, desiredCount ${desired}`,
          cli: describeService(target),
        },
      ],
      next: ['status'],
    },
  );
  return {
    ...finding,
    fix: {
      summary: `Raise maximumPercent from ${maximum} to ${raised}, so that one more task may start; or, where one task less is bearable for a moment, lower minimumHealthyPercent from ${minimum} to ${lowered}. Lowering the maximum makes it worse.`,
      terraform: `deployment_minimum_healthy_percent = ${minimum}\ndeployment_maximum_percent         = ${raised}`,
      cli: updateService(
        names,
        `--deployment-configuration minimumHealthyPercent=${minimum},maximumPercent=${raised}`,
      ),
    },
  };
}
