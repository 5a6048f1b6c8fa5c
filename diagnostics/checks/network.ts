import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { defineCheck } from '../check.ts';
import { readOf } from '../fact.ts';
import { origins } from '../facts/network/origins.ts';
import { requiredBy } from '../facts/network/required-by.ts';
import { surroundings } from '../facts/network/surroundings.ts';
import { service } from '../facts/service.ts';
import { type Tasks, tasks } from '../facts/tasks.ts';
import { type Need, needsOf } from '../network/needs.ts';
import { subnetOfTask, surveyOf } from '../network/survey.ts';
import type { Use } from '../network/symptoms.ts';
import { unreadOf } from '../network/unread.ts';
import { homeOf } from '../secret-references/references.ts';
import { answerOf, ruledOutFinding } from './network/answer.ts';
import { brokenFindings } from './network/broken-findings.ts';
import { networkDetails } from './network/details.ts';

/**
 * Whether the tasks can reach what they need before they serve: registries, secrets, logs, Session Manager. Each way is
 * walked hop by hop from every subnet; what leaves this account's sight is open, and never a problem.
 */
export const network = defineCheck({
  id: 'network',
  question: 'whether its subnets reach what the tasks need',
  needs: { service, origins, requiredBy, surroundings },
  wants: { tasks },
  judge(facts, context) {
    const { placed, onInstances, says, notChecked } = facts.origins;
    const topology = facts.surroundings;
    const unread = [...notChecked, ...(topology ? unreadOf(topology) : [])];
    const [definition] = facts.requiredBy;
    if (!topology || !definition) {
      const why = says ?? 'nothing is known of where its tasks run';
      return {
        findings: [],
        answer: { state: 'unknown', headline: `could not tell what its network is like: ${why}` },
        notChecked: unread,
      };
    }
    const known = readOf(facts.tasks);
    const all = known ? [...known.running, ...known.stopping, ...known.stopped] : [];
    const exec =
      facts.service?.enableExecuteCommand === true ||
      all.some(({ enableExecuteCommand }) => enableExecuteCommand === true);
    const { region, account } = context.target;
    const needs = distinct(
      facts.requiredBy.flatMap((one) =>
        needsOf(one, { home: homeOf(one, { region, account }), exec, agent: onInstances }),
      ),
    );
    const grounds = { placed, needs, topology, roles: rolesOf(definition, all), tasks: known && all };
    const lines = surveyOf({ ...grounds, now: context.scope.now });
    const told = { lines, topology, failing: failingSubnets(known), context };
    return {
      // Where some place was not read, the others prove nothing of it.
      findings: [...brokenFindings(told), ...(notChecked.length > 0 ? [] : ruledOutFinding(lines))],
      details: { network: networkDetails(lines, topology) },
      answer: answerOf(lines, topology, notChecked.length > 0),
      notChecked: unread,
    };
  },
});

function rolesOf(definition: TaskDefinition, [newest]: readonly Task[]) {
  const { executionRoleArn, taskRoleArn } = definition;
  const { overrides } = newest ?? {};
  return {
    executionRoleArn: overrides?.executionRoleArn ?? executionRoleArn,
    taskRoleArn: overrides?.taskRoleArn ?? taskRoleArn,
  };
}

/** The order in which a start needs them. */
const uses: readonly Use[] = ['agent', 'ecr-login', 'registry', 'layers', 'secrets', 'file', 'logs', 'exec'];

/** Several revisions mostly need the same; containers are defined in any order. */
function distinct(needs: readonly Need[]): Need[] {
  const each = [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
  return each.sort((a, b) => uses.indexOf(a.use) - uses.indexOf(b.use) || a.label.localeCompare(b.label));
}

/** Where tasks failed before anything of them ran. */
function failingSubnets(known: Tasks | undefined): ReadonlySet<string> {
  const failed = (known?.stopped ?? []).filter(({ startedAt }) => startedAt === undefined);
  return new Set(failed.flatMap((task) => subnetOfTask(task) ?? []));
}
