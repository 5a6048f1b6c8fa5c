import type { ExecuteCommandConfiguration, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { JudgeContext } from '../../check.ts';
import type { Placed } from '../../facts/network/origins.ts';
import { needsOf } from '../../network/needs.ts';
import { type Line, subnetOfTask, surveyOf } from '../../network/survey.ts';
import type { Topology } from '../../network/topology.ts';
import type { Finding } from '../../report.ts';
import { homeOf } from '../../secret-references/references.ts';
import { listed } from '../../words.ts';
import { brokenFindings } from '../network/broken-findings.ts';
import { throughOf } from '../network/through.ts';
import { sessionNeeds } from './session-needs.ts';
import { met, open, type Step } from './step.ts';

export interface Around {
  task: Task;
  definition: TaskDefinition;
  /** ARN of the role that the agent works with, where it is known. */
  workingArn?: string | undefined;
  /** How the cluster encrypts and keeps sessions. */
  settings: ExecuteCommandConfiguration;
  placed: readonly Placed[];
  topology: Topology;
}

/**
 * Whether the agent reaches Session Manager, and what a session is encrypted and kept with, from the subnet of the task
 * where that is known.
 */
export function networkSteps(
  { task, definition, workingArn, settings, placed, topology }: Around,
  context: JudgeContext,
): { steps: Step[]; findings: Finding[] } {
  const { region, account } = context.target;
  const home = homeOf(definition, { region, account });
  const exec = needsOf(definition, { home, exec: true, agent: false }).filter(({ use }) => use === 'exec');
  const needs = [...exec, ...sessionNeeds(settings, home)];
  const grounds = {
    placed,
    needs,
    topology,
    roles: { taskRoleArn: workingArn },
    tasks: [task],
    now: context.scope.now,
  };
  const all = surveyOf(grounds);
  const own = all.filter(({ place }) => place.subnet === subnetOfTask(task));
  const lines = own.length > 0 ? own : all;
  return {
    steps: needs.map(({ label }) =>
      stepOf(
        label,
        lines.filter(({ need }) => need.label === label),
      ),
    ),
    findings: brokenFindings({ lines, topology, failing: new Set(), context }),
  };
}

function stepOf(label: string, lines: readonly Line[]): Step {
  const about = `Way to ${label}`;
  const broken = lines.flatMap(({ path }) => (path.state === 'broken' ? [path] : []));
  const undecided = lines.flatMap(({ path }) => (path.state === 'open' ? [path] : []));
  // The finding of the broken hop is the network's own, with its fix: the step only stands for it here.
  if (broken[0]) return { about, state: 'blocked', text: clause(broken[0].sentence) };
  if (undecided[0]) return open(about, clause(undecided[0].reason), undecided[0].decide);
  if (lines.length === 0) return open(about, 'is not known: nothing says where the task sits', 'its subnet');
  const ways = lines.flatMap(({ path }) => (path.state === 'reachable' ? [throughOf(path)] : []));
  return met(about, `through ${listed([...new Set(ways)])}`);
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
