import type { Task } from '@aws-sdk/client-ecs';
import { defineCheck, type Outcome } from '../check.ts';
import { readOf } from '../fact.ts';
import { agentVersions } from '../facts/agent-versions.ts';
import { type ExecAccess, execAccess, execTask } from '../facts/exec-access.ts';
import { execCluster } from '../facts/exec-cluster.ts';
import { origins } from '../facts/network/origins.ts';
import { surroundings } from '../facts/network/surroundings.ts';
import type { Read } from '../facts/read.ts';
import { service } from '../facts/service.ts';
import { taskDefinitions } from '../facts/task-definitions.ts';
import { tasks } from '../facts/tasks.ts';
import { unreadOf } from '../network/unread.ts';
import type { NotChecked } from '../report.ts';
import { idOf, plural } from '../words.ts';
import { definitionSteps } from './exec/definition-steps.ts';
import { execDetails } from './exec/details.ts';
import { execFindings } from './exec/findings.ts';
import { networkSteps } from './exec/network-step.ts';
import { roleSteps } from './exec/role-steps.ts';
import type { Step } from './exec/step.ts';
import { type Seen, taskSteps } from './exec/task-steps.ts';

/**
 * Whether ECS Exec can open a session in a task, by its preconditions in the order in which a session needs them.
 */
export const exec = defineCheck({
  id: 'exec',
  question: 'whether ECS Exec can open a session',
  needs: { tasks },
  wants: { service, execAccess, execCluster, agentVersions, taskDefinitions, origins, surroundings },
  judge(facts, context) {
    const { running, stopping, stopped } = facts.tasks;
    const access = readOf(facts.execAccess);
    const task = execTask([...running, ...stopping, ...stopped]);
    if (!task)
      return {
        findings: [],
        answer: { state: 'unknown', headline: 'no task runs, so there is none to enter' },
      };
    const definition = readOf(facts.taskDefinitions)?.[task.taskDefinitionArn ?? ''];
    const seen: Seen = {
      target: context.target,
      now: context.scope.now,
      task,
      definition,
      service: readOf(facts.service),
      agentVersion: readOf(facts.agentVersions)?.[task.containerInstanceArn ?? ''],
      container: context.scope.container ?? containerOf(task, definition?.containerDefinitions?.[0]?.name),
    };
    const clusterArn = task.clusterArn ?? '';
    const placed = readOf(facts.origins);
    const topology = readOf(facts.surroundings);
    // What the cluster asks of a session decides which ways it needs.
    const settings = readOf(facts.execCluster);
    const around =
      definition && placed && topology && settings
        ? networkSteps(
            { task, definition, workingArn: access?.workingArn, settings, placed: placed.placed, topology },
            context,
          )
        : undefined;
    const [root, ...variables] = definitionSteps(seen);
    const steps = [
      ...taskSteps(seen),
      ...(root ? [root] : []),
      ...(access ? roleSteps({ target: context.target, clusterArn, task, access }) : []),
      ...(around?.steps ?? []),
      ...variables,
    ];
    return {
      findings: [...execFindings(steps, seen, access), ...(around?.findings ?? [])],
      details: { exec: execDetails(steps, seen, running.length, settings) },
      answer: answerOf(steps, task, access !== undefined && around !== undefined),
      next: asksForMemory(steps, access !== undefined && around !== undefined) ? ['exec-memory'] : [],
      notChecked: [
        ...(access ? unreadAccess(access) : []),
        ...(placed?.notChecked ?? []),
        ...(topology ? unreadOf(topology) : []),
      ],
    };
  },
});

/** Where all else is met; an agent that stopped may have been killed. */
function asksForMemory(steps: readonly Step[], isWhole: boolean): boolean {
  const others = steps.filter(
    ({ state, cause }) => state !== 'ok' && state !== 'advice' && cause !== 'exec-agent-stopped',
  );
  return isWhole && others.length === 0;
}

/** Where nobody names one: the first of the definition, as the AWS CLI does. */
function containerOf({ containers = [] }: Task, first: string | undefined): string {
  return first ?? containers[0]?.name ?? '';
}

function unreadAccess({ role, host, rights, key, group }: ExecAccess): NotChecked[] {
  const reads: (Read<unknown> | undefined)[] = [
    role,
    host,
    key?.state,
    group?.found,
    ...rights.flatMap(({ said, policy, grants }) => [said, policy, grants]),
  ];
  return reads.flatMap((read) => (read && !read.ok ? [read.notChecked] : []));
}

function answerOf(steps: readonly Step[], task: Task, isWhole: boolean): Outcome['answer'] {
  const id = idOf(task.taskArn).slice(0, 8);
  const [open] = steps.filter(({ state }) => state === 'open');
  const met = plural(steps.filter(({ state }) => state === 'ok').length, 'precondition');
  if (open)
    return {
      state: 'unknown',
      headline: `could not tell whether ECS Exec can enter task ${id}: ${open.about} ${open.text}`,
    };
  if (!isWhole)
    return {
      state: 'unknown',
      headline: `could not tell whether ECS Exec can enter task ${id}: ${met} met, the others not read`,
    };
  return { state: 'healthy', headline: `ECS Exec can enter task ${id}, ${met} met` };
}
