import { getLogEvents } from '../by-hand.ts';
import type { LogTasks } from '../facts/log-tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import type { Finding, LogTail, Target } from '../report.ts';
import { readStop } from '../stops.ts';
import { idOf } from '../words.ts';

/** A stream that could not be created keeps the task from starting: where AWS's own words say so, that is a finding. */
export function notCreatedFindings(
  tails: readonly LogTail[],
  { tasks, definitions }: LogTasks,
  target: Target,
): Finding[] {
  const [tail] = tails.filter(({ why }) => why === 'not-created');
  const task = tasks.find(({ taskArn }) => idOf(taskArn) === tail?.task);
  if (!tail || !task) return [];
  const definition = definitions[task.taskDefinitionArn ?? ''];
  const names = namesFor(target, { task, ...(definition && { definition }), container: tail.container });
  const { group = '', stream = '' } = tail;
  const cli = getLogEvents({ ...target, region: tail.region ?? target.region }, group, stream);
  const absent = (value: string) => [
    { api: 'logs:GetLogEvents', field: 'ResourceNotFoundException', value, cli },
  ];
  const [explanation] = readStop(task, definitions).explanations;
  if (task.lastStatus === 'STOPPED' && explanation.cause.startsWith('logs-')) {
    return [
      findingOf(explanation, names, {
        subject: task.taskArn,
        summary: `${tail.container}: ${tail.missing}.`,
        evidence: absent('The specified log stream does not exist.'),
      }),
    ];
  }
  const missing = {
    cause: 'logs-group-missing',
    status: 'confirmed',
    severity: 'error',
    owner: 'operator',
    names: {},
    why: '',
  } as const;
  return [
    findingOf(missing, names, {
      subject: task.taskArn,
      summary: `${tail.container}: ${tail.missing}.`,
      evidence: absent('The specified log group does not exist.'),
      next: ['iam'],
    }),
  ];
}
