import type { FilteredLogEvent, FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '#src/aws/aws.ts';

/** Pages of a search, each up to a megabyte of log that CloudWatch has looked through. */
const pagesAtMost = 10;

/**
 * The newest events of a log group that match, oldest of them first. CloudWatch answers oldest first, and with empty
 * pages while it still searches, so that only a missing token says that nothing more is there.
 * @param most events to keep
 */
export async function searchLog(
  { logs }: Aws,
  most: number,
  where: FilterLogEventsCommandInput,
): Promise<{ events: FilteredLogEvent[]; isWhole: boolean }> {
  let events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await logs.filterLogEvents({ ...where, limit: 1000, nextToken });
    events = [...events, ...(answer.events ?? [])].slice(-most);
    nextToken = answer.nextToken;
    if (!nextToken) return { events, isWhole: true };
  }
  return { events, isWhole: false };
}
