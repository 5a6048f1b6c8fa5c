import { AwsError, validationMessage } from '../errors.ts';
import type { Account, LogGroup, LogStream } from '../world.ts';

export interface GroupReference {
  logGroupName?: string;
  /** The name or the ARN; the only way to name a group of another account. */
  logGroupIdentifier?: string;
}

/** An ARN of CloudWatch Logs in this account and region. */
export function logsArn(account: Account, path: string): string {
  const [, partition = 'aws'] = account.role.arn.split(':');
  return `arn:${partition}:logs:${account.region}:${account.id}:${path}`;
}

/** The ARN that IAM names when it refuses to read a group. */
export function groupResource(input: GroupReference, account: Account): string {
  return logsArn(account, `log-group:${groupName(input)}:log-stream:`);
}

/** @throws ResourceNotFoundException */
export function findGroup(input: GroupReference, account: Account): LogGroup {
  if (input.logGroupName && input.logGroupIdentifier) {
    throw invalid('LogGroup name and LogGroup identifier are mutually exclusive.');
  }
  const name = groupName(input);
  const found = account.world.logGroups.find((group) => group.name === name);
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return found;
}

function groupName(input: GroupReference): string {
  const reference = input.logGroupName ?? input.logGroupIdentifier ?? '';
  return reference.startsWith('arn:') ? reference.split(':').slice(6).join(':') : reference;
}

/** @throws InvalidOperationException where the group's class has no such operation */
export function checkClass({ name, logGroupClass = 'STANDARD' }: LogGroup, operation: string): void {
  if (logGroupClass === 'STANDARD') return;
  throw new AwsError(
    'InvalidOperationException',
    `The log group ${name} is of log-group-class ${logGroupClass}. ${operation} is not supported for this log class.`,
  );
}

/** @throws ResourceNotFoundException */
export function findStream(group: LogGroup, name: string): LogStream {
  const found = group.streams.find((stream) => stream.name === name);
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return found;
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** @throws InvalidParameterException for a limit that is not from 1 to `most` */
export function checkLimit(limit: number | undefined, most: number): number {
  if (limit === undefined) return most;
  if (limit < 1) throw invalid(validationMessage(limit, 'limit', 'have value greater than or equal to 1'));
  if (limit > most)
    throw invalid(validationMessage(limit, 'limit', `have value less than or equal to ${most}`));
  return limit;
}

export function invalidToken(): AwsError {
  return invalid('The specified nextToken is invalid.');
}
