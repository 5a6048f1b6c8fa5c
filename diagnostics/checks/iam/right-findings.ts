import type { JudgedRight } from '../../access/judge-right.ts';
import { roleArnOf } from '../../facts/access/right-readings.ts';
import { findingOf } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { counts, type Known } from './known.ts';
import { evidenceOf, simulationCommand } from './right-evidence.ts';
import { fixOf } from './right-fix.ts';
import { roleWords } from './role-words.ts';
import { reasonsOf } from './secret-finding.ts';

/** What may allow a right all the same. */
const unseen = 'a policy of the resource itself may allow it, which was not read';

/**
 * Rights that a role lacks, one finding for each cause and role. Each fix holds all that the role lacks, so that the
 * next try does not end at the next missing right.
 *
 * What is not certain is no finding where a task of the revision runs: it started with that right, so that a policy
 * that nobody read allows it, or the right has gone since.
 */
export function rightFindings(known: Known): Finding[] {
  const counted = known.rights.filter((judged) => counts(known, judged));
  const groups = new Map<string, JudgedRight[]>();
  for (const judged of counted) {
    const { role, cause, by } = judged.right;
    const key = `${by?.arn ?? role} ${cause}`;
    groups.set(key, [...(groups.get(key) ?? []), judged]);
  }
  return [...groups.values()].flatMap((group) => findingOfGroup(known, group) ?? []);
}

function findingOfGroup(known: Known, group: readonly JudgedRight[]): Finding | undefined {
  const denied = group.filter(({ state }) => state === 'denied');
  const said = denied.length > 0 ? denied : group;
  const [first] = said;
  if (!first) return undefined;
  const { right, why, certain } = first;
  const status = first.state === 'open' ? 'open' : said.some((one) => one.certain) ? 'confirmed' : 'likely';
  const roleArn = roleArnOf(known.revision, right) ?? '';
  const who = roleWords(known.revision, right);
  const lost = right.role === 'task' && right.kind !== 'mount' && right.kind !== 'call';
  const things = listed([...new Set(said.map((one) => one.right.thing))].slice(0, 4));
  const actions = listed([...new Set(said.map((one) => one.right.action))]);
  const later =
    known.runs === 0 || right.kind === 'call'
      ? ''
      : ' Tasks that run keep what they have; none can start any more.';
  const command = roleArn === '' ? '' : `; ${simulationCommand(known, roleArn, said)}`;
  return {
    ...findingOf(
      answer(right.cause, {
        status,
        owner: right.role === 'execution' ? 'execution-role' : 'task-role',
        why,
        decide: `${status === 'likely' ? unseen : why}${command}`,
        // Lost lines stop no task.
        ...(lost && { severity: 'warn' as const }),
      }),
      { ...known.names, action: right.action, resource: right.resource },
      {
        subject: right.resource === '*' && roleArn !== '' ? roleArn : right.resource,
        summary:
          status === 'open'
            ? `Whether ${who} may call ${actions} on ${things} cannot be decided: ${why}.`
            : `${sentence(who)} may not call ${actions} on ${things}: ${why}.${later}`,
        ...(right.kind === 'call' || lost ? {} : { reasonOf: reasonsOf }),
        evidence: said.slice(0, 6).map((one) => evidenceOf(known, one, roleArn)),
        fix: fixOf(known, first, roleArn),
      },
    ),
    ...(certain && said.length > 1 ? { count: said.length } : {}),
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
