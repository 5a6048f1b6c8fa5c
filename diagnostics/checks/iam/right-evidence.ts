import type { JudgedRight } from '../../access/judge-right.ts';
import type { Evidence } from '../../report.ts';
import { byHand, type Known } from './known.ts';

/** What shows that a right is not allowed or not decided. */
export function evidenceOf(known: Known, judged: JudgedRight, roleArn: string): Evidence {
  const { right, state, why, mend } = judged;
  if (mend === 'resource' || mend === 'resource-deny') {
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

/** The simulation as somebody would ask for it. */
export function simulationCommand(
  known: Known,
  roleArn: string,
  of: readonly Pick<JudgedRight, 'right'>[],
): string {
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
