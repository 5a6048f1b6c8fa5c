import { describeTaskDefinition } from '../../by-hand.ts';
import type { Telling } from '../../changes/between.ts';
import { pathOf } from '../../changes/paths.ts';
import { principalName } from '../../changes/principal.ts';
import { tellingChange } from '../../changes/telling.ts';
import type { JudgeContext } from '../../check.ts';
import { type ChangeClues, unreachable } from '../../facts/changes/change-clues.ts';
import { taskId } from '../../facts/log-location.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { changeInWords, revisionChanges } from '../../revision-change.ts';
import { answer } from '../../rules/explanation.ts';
import type { StopGroup } from '../../stops.ts';
import { duration, revisionOf } from '../../words.ts';
import { failuresOf, groupsOf } from '../stops/judge-stops.ts';
import { decisiveLine } from '../stops/log-evidence.ts';
import { failedRevisions } from '../stops/revisions.ts';
import { overBecause } from '../stops/superseded.ts';
import { changedHosts } from './changed-hosts.ts';
import { effect, type Failing, failureEvidence } from './failing.ts';
import { movedTag } from './moved-tag.ts';
import { rotatedSecret } from './rotated-secret.ts';
import { swappedGroups } from './swapped-groups.ts';

/** For each failure that goes on the one change that explains it; none where nothing that changed is its reason. */
export function changeFindings(clues: ChangeClues, context: JudgeContext): Finding[] {
  const { tasks, service, logs } = clues;
  const history = clues.history?.ok ? clues.history.value : undefined;
  const failing = groupsOf({ ...clues, stopped: tasks.stopped })
    .filter(({ cause }) => cause.severity !== 'info')
    .filter((group) => overBecause(failuresOf(group), service, history) === undefined);
  const revisions = failedRevisions(failing, service, tasks.running);
  return failing.flatMap((group) => {
    // What the tasks of the revision before die of, too, was there before the change.
    if (!isOf(group, revisions.newest) || isOf(group, revisions.lastGood)) return [];
    const log = logs.find(
      (tail) => tail.task === taskId(group.stops[0].task) && tail.container === group.cause.culprit,
    );
    const line = log && decisiveLine(log)?.message;
    const one: Failing = { group, log, line, revisions, clues, context };
    const found = ofRevision(one) ?? movedTag(one) ?? rotatedSecret(one) ?? changedHosts(one);
    const groups = unreachable.test(group.cause.cause) && !found ? swappedGroups(one) : undefined;
    return [found ?? groups].filter((finding) => finding !== undefined);
  });
}

function isOf({ stops }: StopGroup, arn: string | undefined): boolean {
  return arn !== undefined && stops.some(({ task }) => task.taskDefinitionArn === arn);
}

function ofRevision(failing: Failing): Finding | undefined {
  const { group, line, revisions, clues, context } = failing;
  const before = clues.definitions[revisions.lastGood ?? ''];
  const after = clues.definitions[revisions.newest ?? ''];
  if (!before || !after) return undefined;
  const { cause } = group;
  const revision = revisionOf(revisions.newest);
  const changes = revisionChanges(before, after);
  const failure = { cause: cause.cause, culprit: cause.culprit, named: cause.names.name, line };
  const telling = tellingChange(failure, { before, after, changes, revision });
  if (!telling) return undefined;
  const { change, title } = telling;
  const lastGood = revisionOf(revisions.lastGood);
  const { target, scope } = context;
  const names = {
    ...namesFor(target, {
      ...(clues.service && { service: clues.service }),
      definition: after,
      ...(cause.culprit !== undefined && { container: cause.culprit }),
      lastGood,
    }),
    ...(change.name !== undefined && { name: change.name }),
    ...(telling.cause === 'memory-lowered' && change.before !== undefined && { memory: change.before }),
  };
  const registered = after.registeredAt;
  const since =
    registered === undefined
      ? ''
      : `, ${duration(scope.now.getTime() - registered.getTime())} ago${byWhom(after.registeredBy)}`;
  return {
    ...findingOf(
      answer(telling.cause, { status: telling.status, why: 'the two revisions', ...opened(telling) }),
      names,
      {
        subject: revisions.newest,
        summary: `${title}${since}; ${effect(group, context)}; it ran in ${lastGood}.`,
        reasonOf: [cause.cause],
        evidence: [
          {
            api: 'ecs:DescribeTaskDefinition',
            field: pathOf(change),
            value: shownValue(telling, lastGood, revision),
            at: registered?.toISOString(),
            cli: describeTaskDefinition(target, revision),
          },
          ...failureEvidence(failing),
        ],
        next: ['changes'],
      },
    ),
    title,
  };
}

function opened({ open }: Telling) {
  return open === undefined ? {} : { decide: open };
}

function byWhom(arn: string | undefined): string {
  const name = principalName(arn);
  return name === '' ? '' : ` by ${name}`;
}

function shownValue({ change }: Telling, lastGood: string, revision: string): string {
  if (change.name !== undefined && change.kind === 'removed')
    return `${change.name} is in ${lastGood}, not in ${revision}`;
  return `${changeInWords(change)} (${lastGood} and ${revision})`;
}
