import type { Scope } from '../fact.ts';
import type { Insights } from '../insights-details.ts';
import type { Target } from '../report.ts';
import { insightsConsole } from './console.ts';
import { costOf } from './cost.ts';
import { queryNamed } from './library.ts';
import type { LogPlace } from './place.ts';
import { type Frame, limitOf } from './query.ts';

interface Progress {
  state: Insights['state'];
  queryId?: string;
  counts: { matched: number; scanned: number; bytes: number };
  rows?: string[][];
}

/** A query as the report shows it, while it runs and after. */
export function insightsOf(
  { target, scope }: { target: Target; scope: Scope },
  { place, text, frame }: { place: LogPlace; text: string; frame: Frame },
  { state, queryId, counts, rows = [] }: Progress,
): Insights {
  const query = queryNamed(scope.query);
  const region = place.region ?? target.region;
  const { from, to, around } = frame.window;
  const dollars = costOf(counts.bytes, region);
  const console = insightsConsole({ region, groups: place.groups, text, from, to });
  return {
    query: query.name,
    question: query.question,
    text,
    groups: place.groups,
    region,
    containers: place.containers,
    from: from.toISOString(),
    to: to.toISOString(),
    ...(around && { around: around.toISOString() }),
    state,
    ...(queryId !== undefined && { queryId }),
    columns: [...query.columns],
    rows,
    cut: rows.length >= limitOf(query, frame),
    ...counts,
    ...(dollars !== undefined && { dollars }),
    ...(console !== undefined && { console }),
  };
}
