/** What AWS answers instead of lines, told apart. */

/** The group or the stream is not there, or is of a class that cannot be read so. */
export function isAbsence({ name, message }: Error): boolean {
  return (
    name === 'ResourceNotFoundException' ||
    ((name === 'InvalidOperationException' || name === 'InvalidParameterException') &&
      (/log[- ]?group[- ]?class|log class/i.test(message) ||
        // In capitals: groups may be called after a delivery.
        /\b(?:INFREQUENT_ACCESS|DELIVERY)\b/.test(message)))
  );
}

/** What AWS says of a log group whose class has no GetLogEvents. */
export function readByInsights(group: string, { message }: Error): string {
  const named = /\b(INFREQUENT_ACCESS|DELIVERY|ESSENTIALS)\b/.exec(message)?.[1];
  return `the log group ${group} is of the class ${named ?? 'for infrequent access'}, whose lines neither GetLogEvents nor FilterLogEvents can read; CloudWatch Logs Insights can`;
}

/** CloudWatch does not take a text to search by. */
export function isRefusedFilter({ name, message }: Error): boolean {
  return name === 'InvalidParameterException' && /filter ?pattern/i.test(message);
}

export function refusedFilter(filter = '', { message }: Error): string {
  return `CloudWatch does not take “${filter}” to search by: ${message}. A word of the line, without signs, is always taken`;
}
