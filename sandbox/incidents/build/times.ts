/** Tells times relative to now: `ago(12)` is twelve minutes before it, `ago(12, 30)` half a minute earlier still. */
export function before(now: Date): (minutes: number, seconds?: number) => Date {
  return (minutes, seconds = 0) => new Date(now.getTime() - (minutes * 60 + seconds) * 1000);
}

/** @param seconds may be a fraction, and negative */
export function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + Math.round(seconds * 1000));
}

export function hours(count: number): number {
  return count * 60;
}

export function days(count: number): number {
  return hours(count * 24);
}
