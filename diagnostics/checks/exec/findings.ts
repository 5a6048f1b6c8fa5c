import { boundaryFix, denyFix, keyDenyFix } from '../../access/fix.ts';
import { causeOf } from '../../causes/index.ts';
import type { ExecAccess } from '../../facts/exec-access.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { keyPolicyStatement, missingStatements } from '../../policy/statement.ts';
import type { Finding, Fix } from '../../report.ts';
import { listed } from '../../words.ts';
import type { Step } from './step.ts';
import type { Seen } from './task-steps.ts';

/** What stops an agent is the reason that it is stopped or cannot connect. */
const symptoms = ['exec-agent-stopped', 'exec-target-not-connected'];

/** A finding for each precondition that is not met, in the order of the steps. */
export function execFindings(steps: readonly Step[], seen: Seen, access: ExecAccess | undefined): Finding[] {
  return steps.flatMap((step) => {
    const { cause, refused } = step;
    if (step.state !== 'blocked' || cause === undefined) return [];
    const { target, task, service, definition, container } = seen;
    const known = causeOf(cause);
    const names = {
      ...namesFor(target, {
        ...(service && { service }),
        ...(definition && { definition }),
        task,
        container,
      }),
      ...(step.thing !== undefined && { name: step.thing }),
      ...(cause === 'role-cannot-be-assumed' &&
        access?.taskRoleArn !== undefined && {
          resource: access.taskRoleArn,
          executionRoleArn: access.taskRoleArn,
        }),
    };
    // No statement allows it, as far as the simulation sees: something outside of it still may.
    const status = refused && !refused.certain ? ('likely' as const) : ('confirmed' as const);
    return [
      findingOf(
        {
          cause,
          status,
          severity: known?.severity ?? 'error',
          owner: known?.owner ?? 'operator',
          names: {},
          why: step.text,
          ...(status === 'likely' && { decide: unseenBy(refused) }),
        },
        names,
        {
          subject: task.taskArn,
          summary: `${step.about} ${step.text}.`,
          evidence: step.evidence ?? [],
          next: [],
          ...(!symptoms.includes(cause) && { reasonOf: symptoms }),
          ...(step.fix && { fix: step.fix }),
          ...(refused && access?.workingArn !== undefined && { fix: rightsFix(refused, access.workingArn) }),
        },
      ),
    ];
  });
}

/** Session Manager and CloudWatch Logs have no policies of their own that let a role in; a bucket has. */
function unseenBy(refused: Step['refused']): string {
  const isBucket = refused?.actions.some((action) => action.startsWith('s3:')) === true;
  return isBucket
    ? "the bucket's own policy, which is not read"
    : 'a session that is opened; IAM simulates neither session policies nor all that an organization says';
}

function rightsFix({ actions, resource, mend, why }: NonNullable<Step['refused']>, roleArn: string): Fix {
  const action = listed(actions);
  if (mend === 'deny') return denyFix(roleArn, action, resource, why);
  if (mend === 'boundary') return boundaryFix(roleArn, action, resource);
  if (mend === 'resource-deny') return keyDenyFix(roleArn, action, resource, why);
  if (mend === 'resource')
    return {
      summary: `Let ${roleArn.split('/').at(-1)} decrypt in the policy of the key ${resource}.`,
      ...keyPolicyStatement({ keyArn: resource, principalArn: roleArn, actions }),
    };
  return {
    summary: `Allow ${actions.join(', ')} to ${roleArn}; the running task has the rights at once, its agent may need a new one.`,
    ...missingStatements(roleArn, [{ actions, resource }]),
  };
}
