import { cluesInLog } from '../explain.ts';
import type { LogTail } from '../report.ts';

/** Whether a program says in its log that it found no AWS credentials, or lacks a right. */
export function lacksCredentials({ lines }: Pick<LogTail, 'lines'>): boolean {
  return cluesInLog(lines.map(({ message }) => message))?.cause === 'app-credentials-missing';
}

const none =
  /unable to locate credentials|could not load credentials|nocredentialproviders|no ?credentials ?(?:error|found|provider)|unable to load (?:aws )?credentials|missing credentials in config|credentialsprovidererror|failed to (?:retrieve|load|refresh)(?: cached)? (?:aws )?credentials|no ec2 imds role/i;

/** Whether it found none at all, in the words of AWS's own libraries; who was refused something has some. */
export function findsNoCredentials({ lines }: Pick<LogTail, 'lines'>): boolean {
  return lines.some(({ message }) => none.test(message));
}
