import { consoleIn } from '../console-hosts.ts';

/** Addresses where a log can be read by hand. Every part that comes from AWS or a task definition is encoded. */

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
