import type { ServiceRevision } from '@aws-sdk/client-ecs';
import { describeServiceRevisions } from '../../by-hand.ts';
import { securityGroupsField } from '../../changes/paths.ts';
import { hasSucceeded } from '../../changes/succeeded.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { effect, type Failing, failureEvidence } from './failing.ts';

/** Tasks cannot connect since a deployment gave them other security groups. */
export function swappedGroups(failing: Failing): Finding | undefined {
  const { group, clues, context } = failing;
  if (!clues.history?.ok || !clues.revisions?.ok) return undefined;
  const known = clues.revisions.value;
  const [newest, ...older] = clues.history.value
    .map(({ targetServiceRevisionArn = '', createdAt, status }) => ({
      revision: known[targetServiceRevisionArn],
      createdAt,
      status,
    }))
    .filter(({ revision }) => revision !== undefined);
  const before = older.find(hasSucceeded);
  if (!newest?.revision || !before?.revision || !newest.createdAt) return undefined;
  const [was, is] = [groupsOf(before.revision), groupsOf(newest.revision)];
  if (was.length === 0 || was.join() === is.join()) return undefined;
  const began = newest.createdAt.getTime();
  // What failed before the deployment did not fail because of it.
  if (group.stops.some(({ task }) => (task.createdAt?.getTime() ?? 0) < began)) return undefined;
  const { target } = context;
  const arn = newest.revision.serviceRevisionArn ?? '';
  return {
    ...findingOf(
      answer('security-groups-changed', {
        status: 'likely',
        why: 'the two service revisions',
        decide: 'the network check, which says what the new security groups let through',
      }),
      {
        ...namesFor(target, { ...(clues.service && { service: clues.service }) }),
        resource: was.join(','),
      },
      {
        subject: arn,
        summary: `The deployment gave the tasks ${listed(is)} in place of ${listed(was)}; since then ${effect(group, context)}.`,
        reasonOf: [group.cause.cause],
        evidence: [
          {
            api: 'ecs:DescribeServiceRevisions',
            field: securityGroupsField,
            value: `${was.join(', ')} → ${is.join(', ')}`,
            at: newest.createdAt.toISOString(),
            cli: describeServiceRevisions(target, [arn, before.revision.serviceRevisionArn ?? '']),
          },
          ...failureEvidence(failing),
        ],
        next: ['network', 'changes'],
      },
    ),
    title: 'its security groups were changed',
  };
}

function groupsOf({ networkConfiguration }: ServiceRevision): string[] {
  return (networkConfiguration?.awsvpcConfiguration?.securityGroups ?? []).toSorted();
}
