import { boundaryFix, rightsFix } from '../../access/fix.ts';
import type { JudgedRight } from '../../access/judge-right.ts';
import { accountIn } from '../../access/right.ts';
import { findingOf } from '../../findings.ts';
import { keyPolicyStatement, roleConsole } from '../../policy/statement.ts';
import type { Evidence, Finding, Fix } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { byHand, type Known } from './known.ts';
import { reasonsOf } from './secret-finding.ts';

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
    const key = `${judged.right.role} ${judged.right.cause}`;
    groups.set(key, [...(groups.get(key) ?? []), judged]);
  }
  return [...groups.values()].flatMap((group) => findingOfGroup(known, group) ?? []);
}

/** Whether a right that is not allowed is worth a finding. */
export function counts({ provenAt, revision }: Known, { state, certain, right }: JudgedRight): boolean {
  if (state === 'denied') return certain || provenAt === undefined || right.kind === 'call';
  // The check of the images reads the policy of a repository in another account, and says what is open then.
  const isForeign = right.kind === 'image' && accountIn(right.resource) !== revision.home.account;
  return state === 'open' && provenAt === undefined && right.kind !== 'call' && !isForeign;
}

function findingOfGroup(known: Known, group: readonly JudgedRight[]): Finding | undefined {
  const denied = group.filter(({ state }) => state === 'denied');
  const said = denied.length > 0 ? denied : group;
  const [first] = said;
  if (!first) return undefined;
  const { right, why, certain } = first;
  const status = first.state === 'open' ? 'open' : said.some((one) => one.certain) ? 'confirmed' : 'likely';
  const roleArn =
    (right.role === 'execution' ? known.revision.executionRoleArn : known.revision.taskRoleArn) ?? '';
  const name = roleArn.split('/').at(-1) ?? roleArn;
  const lost = right.role === 'task' && right.kind !== 'mount' && right.kind !== 'call';
  const things = listed([...new Set(said.map((one) => one.right.thing))].slice(0, 4));
  const actions = listed([...new Set(said.map((one) => one.right.action))]);
  const later =
    known.runs === 0 || right.kind === 'call'
      ? ''
      : ' Tasks that run keep what they have; none can start any more.';
  const decide = `${why}; ${simulationCommand(known, roleArn, said)}`;
  return {
    ...findingOf(
      answer(right.cause, {
        status,
        owner: right.role === 'execution' ? 'execution-role' : 'task-role',
        why,
        decide:
          status === 'likely' ? `${unseenOf(right)}; ${simulationCommand(known, roleArn, said)}` : decide,
        // Lost lines stop no task.
        ...(lost && { severity: 'warn' as const }),
      }),
      { ...known.names, action: right.action, resource: right.resource },
      {
        subject: right.resource === '*' ? roleArn : right.resource,
        summary:
          status === 'open'
            ? `Whether the ${right.role} role ${name} may call ${actions} on ${things} cannot be decided: ${why}.`
            : `The ${right.role} role ${name} may not call ${actions} on ${things}: ${why}.${later}`,
        ...(right.kind === 'call' || lost ? {} : { reasonOf: reasonsOf }),
        evidence: said.slice(0, 6).map((one) => evidenceOf(known, one, roleArn)),
        fix: fixOf(known, first, roleArn),
      },
    ),
    ...(certain && said.length > 1 ? { count: said.length } : {}),
  };
}

/** What may allow a right all the same. */
function unseenOf({ kind, resource }: JudgedRight['right']): string {
  return kind === 'key'
    ? `a grant on the key may allow it, which was not looked at: aws kms list-grants --key-id ${resource} --region ${resource.split(':')[3]}`
    : 'a policy of the resource itself may allow it, which was not read';
}

function evidenceOf(known: Known, judged: JudgedRight, roleArn: string): Evidence {
  const { right, state, why, mend } = judged;
  if (mend === 'resource') {
    const isKey = right.kind === 'key';
    return {
      api: isKey ? 'kms:GetKeyPolicy' : 'elasticfilesystem:DescribeFileSystemPolicy',
      field: 'Policy',
      value: `${right.action} by ${roleArn}: ${why}`,
      cli: byHand(
        known.context.target,
        isKey
          ? `kms get-key-policy --key-id ${right.resource} --policy-name default`
          : `efs describe-file-system-policy --file-system-id ${right.thing}`,
      ),
    };
  }
  return {
    api: 'iam:SimulatePrincipalPolicy',
    field: `EvaluationResults[${right.action}].EvalDecision`,
    value: `${state === 'denied' ? 'not allowed' : 'open'} on ${right.resource}: ${why}`,
    at: known.context.scope.now.toISOString(),
    cli: simulationCommand(known, roleArn, [{ right }]),
  };
}

function simulationCommand(known: Known, roleArn: string, of: readonly Pick<JudgedRight, 'right'>[]): string {
  const actions = [...new Set(of.map(({ right }) => right.action))].join(' ');
  const resources = [...new Set(of.map(({ right }) => right.resource))].slice(0, 4).map(word).join(' ');
  return byHand(
    known.context.target,
    `iam simulate-principal-policy --policy-source-arn ${roleArn} --action-names ${actions} --resource-arns ${resources}`,
  );
}

/** A star is the shell's own. */
function word(text: string): string {
  return /^[\w./:@+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function fixOf(known: Known, { right, mend, why }: JudgedRight, roleArn: string): Fix {
  const name = roleArn.split('/').at(-1) ?? roleArn;
  const page = roleConsole(roleArn);
  if (mend === 'deny') {
    return {
      summary: `Take ${right.action} on ${right.thing} out of the statement that denies it (${why}); an allow does not outweigh a deny.`,
      ...(page && { console: page }),
    };
  }
  if (mend === 'boundary') return boundaryFix(roleArn, right.action, right.thing);
  if (mend === 'resource' && right.kind === 'key') {
    const { 'kms:ViaService': via } = right.context;
    return {
      summary: `Let ${name} decrypt in the policy of the key ${right.resource}: ${why}.`,
      ...keyPolicyStatement({
        keyArn: right.resource,
        principalArn: roleArn,
        actions: [right.action],
        ...(via !== undefined && { condition: { StringEquals: { 'kms:ViaService': via } } }),
      }),
    };
  }
  if (mend === 'resource') {
    return {
      summary: `Let ${name} in through the policy of ${right.thing}: ${why}.`,
      cli: byHand(known.context.target, `efs describe-file-system-policy --file-system-id ${right.thing}`),
    };
  }
  const lacking = known.rights
    .filter(
      (judged) =>
        judged.right.role === right.role &&
        judged.mend === 'role' &&
        judged.state === 'denied' &&
        counts(known, judged),
    )
    .map((judged) => judged.right);
  const rights = lacking.length > 0 ? lacking : [right];
  const actions = listed([...new Set(rights.map(({ action }) => action))]);
  const things = [...new Set(rights.map(({ thing }) => thing))];
  return {
    summary: `Allow ${actions} on ${listed(things.slice(0, 4))} to the ${right.role} role ${name}${right.role === 'execution' ? '; the task role is not asked' : '; the execution role does not serve it'}.`,
    ...rightsFix(roleArn, rights),
  };
}
