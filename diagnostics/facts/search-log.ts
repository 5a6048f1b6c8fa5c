import type { FilteredLogEvent, FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '#src/aws/aws.ts';

/** Pages of a search, each up to a megabyte of log that CloudWatch has looked through. */
const pagesAtMost = 10;

interface Searched {
  events: FilteredLogEvent[];
  /** False where it was given up before everything was searched. */
  isWhole: boolean;
  /** Whether more matched than was kept. */
  left: boolean;
}

/**
 * The newest events of a log group that match, or the oldest ones, in the order of time. CloudWatch answers oldest
 * first, and with empty pages while it still searches, so that only a missing token says that nothing more is there.
 * @param most events to keep
 */
export async function searchLog(
  { logs }: Aws,
  most: number,
  where: FilterLogEventsCommandInput,
  keep: 'newest' | 'oldest' = 'newest',
): Promise<Searched> {
  let events: FilteredLogEvent[] = [];
  let left = false;
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await logs.filterLogEvents({ ...where, limit: 1000, nextToken });
    const all = [...events, ...(answer.events ?? [])];
    left ||= all.length > most;
    events = keep === 'newest' ? all.slice(-most) : all.slice(0, most);
    nextToken = answer.nextToken;
    if (!nextToken || (keep === 'oldest' && left)) return { events, isWhole: true, left };
  }
  return { events, isWhole: false, left };
}
