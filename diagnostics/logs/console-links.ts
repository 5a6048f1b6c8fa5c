/** Addresses where a log can be read by hand. Every part that comes from AWS or a task definition is encoded. */

const hosts: readonly [RegExp, string][] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
  [/^(?:us|eu|ap|ca|sa|me|af|il|mx)-/, 'console.aws.amazon.com'],
];

/** `https://us-east-1.console.aws.amazon.com`; undefined where the partition's console is not known. */
function consoleIn(region: string | undefined): string | undefined {
  if (
    region === undefined ||
    !/^[a-z]{2,4}(?:-[a-z]+){1,2}-\d{1,2}$/.test(region) ||
    region.includes('iso')
  ) {
    return undefined;
  }
  const host = hosts.find(([pattern]) => pattern.test(region))?.[1];
  return host === undefined ? undefined : `https://${region}.${host}`;
}

/** CloudWatch's console encodes names twice, with `$` for `%`. */
function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}

export function logGroupLink(region: string | undefined, group: string, stream?: string): string | undefined {
  const base = consoleIn(region);
  if (base === undefined) return undefined;
  const events = stream === undefined ? '' : `/log-events/${twice(stream)}`;
  return `${base}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${twice(group)}${events}`;
}

/** Logs Insights, with the group chosen. */
export function insightsLink(region: string | undefined, group: string): string | undefined {
  const base = consoleIn(region);
  if (base === undefined) return undefined;
  const source = `~(source~(~'${encodeURIComponent(group).replaceAll('%', '*')}))`;
  return `${base}/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D${source}`;
}

export function bucketLink(region: string | undefined, bucket: string, prefix?: string): string | undefined {
  const base = consoleIn(region);
  if (base === undefined) return undefined;
  const within = prefix === undefined ? '' : `&prefix=${encodeURIComponent(prefix)}`;
  return `${base}/s3/buckets/${encodeURIComponent(bucket)}?region=${region}${within}`;
}

export function firehoseLink(region: string | undefined, stream: string): string | undefined {
  const base = consoleIn(region);
  return base && `${base}/firehose/home?region=${region}#/details/${encodeURIComponent(stream)}/monitoring`;
}

export function kinesisLink(region: string | undefined, stream: string): string | undefined {
  const base = consoleIn(region);
  return (
    base && `${base}/kinesis/home?region=${region}#/streams/details/${encodeURIComponent(stream)}/monitoring`
  );
}
