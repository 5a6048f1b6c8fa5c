import type { Report } from '#commands/command.ts';

/** Reports behind open windows, so that another tab is shown without asking AWS again. Only saves time. */
export interface FixReports {
  remember(viewId: string, report: Report): void;
  of(viewId: string): Report | undefined;
}

/** Windows that are kept; a report is some ten kilobytes. */
const atMost = 50;

/** Milliseconds after which what was found may no longer be so, and is read again. */
const fresh = 10 * 60_000;

export function createFixReports(now: () => number): FixReports {
  const kept = new Map<string, { report: Report; at: number }>();
  return {
    remember(viewId, report) {
      kept.delete(viewId);
      kept.set(viewId, { report, at: now() });
      const [oldest] = kept.keys();
      if (kept.size > atMost && oldest !== undefined) kept.delete(oldest);
    },
    of(viewId) {
      const known = kept.get(viewId);
      return known && now() - known.at < fresh ? known.report : undefined;
    },
  };
}
