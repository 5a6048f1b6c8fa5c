import type { Task } from '@aws-sdk/client-ecs';
import { readOf } from '../../fact.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration, listed, plural, revisionOf } from '../../words.ts';
import type { Rollout, RolloutFacts } from './rollout.ts';
import { isHealthy, type Room } from './room.ts';

/** Seconds from SIGTERM to SIGKILL where the task definition sets none. Source: ContainerDefinition.stopTimeout. */
const usualStopTimeout = 30;

/** Milliseconds that a stop may take beyond what is configured: the task's network is taken down after it. */
const grace = 60_000;

/** Why old tasks are still there although all new ones are healthy. */
export interface OldTasks {
  text: string;
  findings: Finding[];
}

/** Undefined while the new tasks are not all healthy, and where no old one is left. */
export function oldTasksOf(
  rollout: Rollout,
  facts: RolloutFacts,
  definitions: TaskDefinitions,
): OldTasks | undefined {
  const { own, old, stopping, service, now } = rollout;
  const passed = own.filter((task) => isHealthy(task) && !isUnproven(task, definitions));
  const ready = passed.length >= (service.desiredCount ?? 0) && own.length > 0;
  if (!ready || old.length + stopping.length === 0) return undefined;
  // Blue stays on purpose until its time is over; its removal is the stage that says so.
  if (!isRolling(service) && stopping.length === 0) return undefined;
  const guarded = protectedOf(rollout, facts, `All tasks of ${rollout.revision} run`);
  if (guarded) return guarded;
  const revisions = listed([
    ...new Set([...old, ...stopping].map((task) => revisionOf(task.taskDefinitionArn))),
  ]);
  const left = `${plural(old.length + stopping.length, 'task')} of ${revisions} still there`;
  if (stopping.length === 0) {
    return { text: `${left}, not asked to stop yet`, findings: [] };
  }
  const delays = Object.values(readOf(facts.deregistrationDelay) ?? {});
  const delay = delays.length === 0 ? undefined : Math.max(...delays);
  const unread = delay === undefined && isBalanced(service);
  const timeout = Math.max(
    ...stopping.map(({ taskDefinitionArn = '' }) =>
      Math.max(
        usualStopTimeout,
        ...(definitions[taskDefinitionArn]?.containerDefinitions ?? []).map(
          ({ stopTimeout = 0 }) => stopTimeout,
        ),
      ),
    ),
  );
  const since = Math.min(...stopping.map((task) => task.stoppingAt?.getTime() ?? now));
  const allowed = ((delay ?? 0) + timeout) * 1000;
  const draining = stopping.some(({ lastStatus }) => lastStatus === 'DEACTIVATING');
  const steps = [
    ...(unread ? ['deregistration delay not known'] : []),
    ...(delay === undefined ? [] : [`deregistration delay ${delay} s`]),
    `stopTimeout ${timeout} s`,
  ];
  const state = draining ? 'draining out of the load balancer' : 'stopping';
  const overdue = !unread && now - since > allowed + grace;
  const rest = unread ? 0 : since + allowed - now;
  const until = overdue
    ? `, longer than the ${duration(allowed)} that are set for it`
    : rest > 0
      ? `, at most ${duration(rest)} more`
      : '';
  return {
    text: `${left}, ${state} for ${duration(now - since)} (${steps.join(', then ')})${until}`,
    findings: [],
  };
}

/** Whether tasks leave a load balancer before they stop. A classic one has a delay too, which is not read. */
function isBalanced({ loadBalancers = [], taskSets = [] }: Rollout['service']): boolean {
  return loadBalancers.length > 0 || taskSets.some((set) => (set.loadBalancers ?? []).length > 0);
}

/** A task with a health check of its own counts once that has passed. Source: DeploymentConfiguration, minimumHealthyPercent. */
function isUnproven({ healthStatus, taskDefinitionArn = '' }: Task, definitions: TaskDefinitions): boolean {
  const containers = definitions[taskDefinitionArn]?.containerDefinitions ?? [];
  const isChecked = containers.some(
    ({ essential, healthCheck }) => essential !== false && healthCheck?.command?.length,
  );
  return isChecked && healthStatus !== 'HEALTHY';
}

function isRolling({ deploymentConfiguration, deploymentController }: Rollout['service']): boolean {
  const strategy = deploymentConfiguration?.strategy ?? 'ROLLING';
  return strategy === 'ROLLING' && (deploymentController?.type ?? 'ECS') === 'ECS';
}

/**
 * What the minimum would let stop, and protection does not: where the maximum leaves no room beside it, no new task
 * starts before the protection ends. Source: ECS Developer Guide, "Protect your Amazon ECS tasks from being terminated
 * by scale-in events".
 */
export function keptOf(rollout: Rollout, facts: RolloutFacts, room: Room | undefined): OldTasks | undefined {
  const { own, old, stopping } = rollout;
  if (!room || room.canStart > 0 || room.canStop <= 0 || stopping.length > 0 || own.length >= room.desired)
    return undefined;
  const guards = guardsOf(rollout, facts);
  const free = old.filter(({ taskArn }) => !guards.some((guard) => guard.taskArn === taskArn));
  return free.length > 0
    ? undefined
    : protectedOf(rollout, facts, `No more tasks of ${rollout.revision} can start`);
}

function guardsOf({ old }: Rollout, facts: RolloutFacts) {
  return (readOf(facts.taskProtection) ?? []).filter(({ taskArn }) =>
    old.some((task) => task.taskArn === taskArn),
  );
}

/** @param held what the protection leads to, at the beginning of a sentence */
function protectedOf(rollout: Rollout, facts: RolloutFacts, held: string): OldTasks | undefined {
  const { old, target, service, now } = rollout;
  const guards = guardsOf(rollout, facts);
  const [first] = guards;
  if (!first) return undefined;
  const ids = guards.map(({ taskArn }) => taskArn?.split('/').at(-1) ?? '');
  const last = Math.max(...guards.map(({ expirationDate }) => expirationDate?.getTime() ?? 0));
  const until = last > 0 ? ` until ${new Date(last).toISOString()}` : '';
  const wait = last > now ? `, ${duration(last - now)} more` : '';
  const text = `${plural(guards.length, 'task')} of ${revisionOf(old.find((task) => task.taskArn === first.taskArn)?.taskDefinitionArn)} protected from scale-in${until}${wait}: ECS may not stop ${guards.length === 1 ? 'it' : 'them'}`;
  const cli = `aws ecs get-task-protection --cluster ${target.cluster} --tasks ${ids.slice(0, 10).join(' ')} --region ${target.region}`;
  const finding = findingOf(
    // Whoever waits for a deployment is held up, however many tasks run.
    answer('scale-in-protected', { why: 'old tasks are protected', severity: 'error' }),
    namesFor(target, { service }),
    {
      subject: first.taskArn,
      summary: `${held}, and the deployment waits for old ones: ${text}.`,
      count: guards.length,
      evidence: [
        {
          api: 'ecs:GetTaskProtection',
          field: 'protectedTasks[].protectionEnabled',
          value: `true × ${guards.length}`,
          at: first.expirationDate?.toISOString(),
          cli,
        },
      ],
      next: ['status'],
    },
  );
  const fix = {
    summary: `Let the application end its protection when its work is done, or end it by hand; left alone it ends ${last > 0 ? `at ${new Date(last).toISOString()}` : 'when it expires'}.`,
    cli: `aws ecs update-task-protection --cluster ${target.cluster} --tasks ${ids.slice(0, 10).join(' ')} --no-protection-enabled --region ${target.region}`,
  };
  return { text, findings: [{ ...finding, fix }] };
}
