import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { JudgeContext } from '../../check.ts';
import type { Placed } from '../../facts/network/origins.ts';
import { needsOf } from '../../network/needs.ts';
import { type Line, subnetOfTask, surveyOf } from '../../network/survey.ts';
import type { Topology } from '../../network/topology.ts';
import type { Finding } from '../../report.ts';
import { homeOf } from '../../secret-references/references.ts';
import { listed } from '../../words.ts';
import { brokenFindings } from '../network/broken-findings.ts';
import { met, open, type Step } from './step.ts';

export interface Around {
  task: Task;
  definition: TaskDefinition;
  placed: readonly Placed[];
  topology: Topology;
}

const about = 'Way to Session Manager';

/** Whether the agent reaches Session Manager, from the subnet of the task where that is known. */
export function networkStep(
  { task, definition, placed, topology }: Around,
  context: JudgeContext,
): { step: Step; findings: Finding[] } {
  const { region, account } = context.target;
  const home = homeOf(definition, { region, account });
  const needs = needsOf(definition, { home, exec: true, agent: false }).filter(({ use }) => use === 'exec');
  const taskRoleArn = task.overrides?.taskRoleArn ?? definition.taskRoleArn;
  const grounds = { placed, needs, topology, roles: { taskRoleArn }, tasks: [task], now: context.scope.now };
  const all = surveyOf(grounds);
  const own = all.filter(({ place }) => place.subnet === subnetOfTask(task));
  const lines = own.length > 0 ? own : all;
  return {
    step: stepOf(lines),
    findings: brokenFindings({ lines, topology, failing: new Set(), context }),
  };
}

function stepOf(lines: readonly Line[]): Step {
  const broken = lines.flatMap(({ path }) => (path.state === 'broken' ? [path] : []));
  const undecided = lines.flatMap(({ path }) => (path.state === 'open' ? [path] : []));
  // The finding of the broken hop is the network's own, with its fix: the step only stands for it here.
  if (broken[0]) return { about, state: 'blocked', text: clause(broken[0].sentence) };
  if (undecided[0]) return open(about, clause(undecided[0].reason), undecided[0].decide);
  if (lines.length === 0) return open(about, 'is not known: nothing says where the task sits', 'its subnet');
  const ways = lines.flatMap(({ path }) =>
    path.state === 'reachable' ? (path.hops.at(-1)?.subject ?? []) : [],
  );
  return met(about, `through ${listed([...new Set(ways)])}`);
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
