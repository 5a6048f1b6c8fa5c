const halfDay = 12 * 3_600_000;

/** An ISO time, which is shown in the reader's zone; with the day, and in UTC, where it is not of today. */
export function spelled(at: Date, now: Date): string {
  const iso = at.toISOString();
  if (Math.abs(now.getTime() - at.getTime()) <= halfDay) return iso;
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
