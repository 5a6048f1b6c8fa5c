import { findsNoCredentials } from '../../access/lacks-credentials.ts';
import { findingOf } from '../../findings.ts';
import type { Finding, LogTail } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { revisionOf } from '../../words.ts';
import { byHand, type Known } from './known.ts';

/**
 * A program that finds no credentials and has no task role: the execution role is ECS's own, and never its. One that was
 * refused something, or whose token has expired, brought keys of its own.
 */
export function taskRoleFindings(known: Known, logs: readonly LogTail[]): Finding[] {
  const { revision, context } = known;
  const log = logs.find(findsNoCredentials);
  // On instances the program may fall back to the role of the instance.
  if (revision.taskRoleArn !== undefined || revision.compute !== 'fargate' || !log) return [];
  const name = revisionOf(revision.definition.taskDefinitionArn);
  return [
    findingOf(
      answer('app-credentials-missing', {
        status: 'confirmed',
        why: 'the task definition names no task role',
      }),
      known.names,
      {
        subject: revision.definition.taskDefinitionArn,
        summary: `${name} names no task role, so that ${log.container} finds no AWS credentials; its execution role serves ECS alone.`,
        evidence: [
          {
            api: 'ecs:DescribeTaskDefinition',
            field: 'taskDefinition.taskRoleArn',
            value: 'absent',
            cli: byHand(context.target, `ecs describe-task-definition --task-definition ${name}`),
          },
        ],
      },
    ),
  ];
}
