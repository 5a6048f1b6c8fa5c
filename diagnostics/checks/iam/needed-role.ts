import { findingOf } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { revisionOf } from '../../words.ts';
import { byHand, type Known } from './known.ts';
import type { RoleState } from './role-findings.ts';
import { reasonsOf } from './secret-finding.ts';

/**
 * A definition without an execution role that names secrets or files: the agent fetches them with that role's
 * credentials and no others ("unable to find execution role credentials"). Pulls and logs need it where no instance of
 * the account has a role of its own; the image tells of a pull by the same cause.
 */
export function neededFinding(
  { context, names, revision }: Known,
  { why = '', isNeeded }: RoleState & Required<Pick<RoleState, 'isNeeded'>>,
): Finding {
  const { status, toPull } = isNeeded;
  const { definition } = revision;
  const name = revisionOf(definition.taskDefinitionArn);
  const family = definition.family ?? 'task';
  return findingOf(
    answer(toPull ? 'image-ecr-permission' : 'role-cannot-be-assumed', {
      status,
      owner: 'task-definition',
      why,
      decide: 'the stopped reason of a task that is started so',
    }),
    names,
    {
      subject: definition.taskDefinitionArn,
      summary: `${name} names no execution role, ${why.replace(/^none is set, /, '')}.`,
      reasonOf: toPull
        ? ['image-pull-failed-unclear', 'image-registry-auth', 'no-task-started']
        : [...reasonsOf, 'env-file-unreadable'],
      evidence: [
        {
          api: 'ecs:DescribeTaskDefinition',
          field: 'taskDefinition.executionRoleArn',
          value: 'absent',
          cli: byHand(context.target, `ecs describe-task-definition --task-definition ${name}`),
        },
      ],
      fix: {
        summary:
          'Set executionRoleArn in the task definition to a role that trusts ecs-tasks.amazonaws.com and may fetch what the definition names.',
        terraform: `execution_role_arn = aws_iam_role.${family}_execution.arn # of the aws_ecs_task_definition`,
      },
    },
  );
}
