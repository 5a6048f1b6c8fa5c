/** A span of time that a query looks at. */
export interface Window {
  from: Date;
  to: Date;
  /** The failure that it lies around. */
  around?: Date;
}

const minute = 60_000;
/** What a query looks at where nobody says otherwise: most of it before the failure, since reasons come first. */
const usual = 15 * minute;
const afterEvent = 5 * minute;

/** Longer spans are searched only when somebody has said that they shall be. Milliseconds. */
export const longestUnconfirmed = 24 * 60 * minute;

/** The window that was asked for, else the quarter of an hour around the newest failure, else the last one. */
export function windowOf(now: Date, since: Date | undefined, failure: Date | undefined): Window {
  if (since) return { from: since, to: now };
  if (!failure) return { from: new Date(now.getTime() - usual), to: now };
  const to = new Date(Math.min(now.getTime(), failure.getTime() + afterEvent));
  return { from: new Date(to.getTime() - usual), to, around: failure };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Minutes of one point, so that at most twenty make the window: that is what a chart has room for. */
export function binOf({ from, to }: Window): number {
  const minutes = (to.getTime() - from.getTime()) / minute;
  return steps.find((step) => minutes / step <= 19) ?? 1440;
}

const wider = [60, 240, 720, 1440].map((minutes) => minutes * minute);

/** The next longer span back from now, in milliseconds; undefined where it would take a confirmation. */
export function widerThan(now: Date, from: Date): number | undefined {
  return wider.find((span) => span > (now.getTime() - from.getTime()) * 1.1);
}
