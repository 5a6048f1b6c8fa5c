import type { ExecuteCommandConfiguration, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { JudgeContext } from '../../check.ts';
import type { Placed } from '../../facts/network/origins.ts';
import { needsOf } from '../../network/needs.ts';
import { isAt, type Line, surveyOf } from '../../network/survey.ts';
import type { Path, Topology } from '../../network/topology.ts';
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
 * Whether the agent reaches Session Manager, and what a session is encrypted and kept with, from the place of the task;
 * where that is not known, only what all places have in common is told.
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
  const own = all.filter(({ place }) => isAt(task, place));
  const lines = own.length > 0 ? own : all;
  const ways = needs.map(({ label }) => ({ label, lines: lines.filter(({ need }) => need.label === label) }));
  // The finding of a broken hop is the network's own, with its fix: the step only stands for it here.
  const lost = ways.filter(({ lines: some }) => some.every(({ path }) => path.state === 'broken'));
  return {
    steps: ways.map(stepOf),
    findings: brokenFindings({
      lines: lost.flatMap(({ lines: some }) => some),
      placed,
      topology,
      failing: new Set(),
      context,
    }),
  };
}

type Broken = Extract<Path, { state: 'broken' }>;

function stepOf({ label, lines }: { label: string; lines: readonly Line[] }): Step {
  const about = `Way to ${label}`;
  const broken = lines.flatMap(({ path }) => (path.state === 'broken' ? [path] : []));
  const [undecided] = lines.flatMap(({ path }) => (path.state === 'open' ? [path] : []));
  const [first] = broken;
  if (first && broken.length === lines.length) return lostStep(about, broken, first);
  if (undecided) return open(about, clause(undecided.reason), undecided.decide);
  if (first) return open(about, `depends on where the task sits: ${clause(first.sentence)}`, 'its subnet');
  if (lines.length === 0) return open(about, 'is not known: nothing says where the task sits', 'its subnet');
  const ways = lines.flatMap(({ path }) => (path.state === 'reachable' ? [throughOf(path)] : []));
  return met(about, `through ${listed([...new Set(ways)])}`);
}

/** What is only likely is no way that is known to be blocked. */
function lostStep(about: string, broken: readonly Broken[], first: Broken): Step {
  const [doubted] = broken.filter(({ doubt }) => doubt !== undefined);
  if (doubted?.doubt === undefined) return { about, state: 'blocked', text: clause(first.sentence) };
  return open(about, `probably leads nowhere: ${clause(doubted.sentence)}`, doubted.doubt.decide);
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
