import { UsageError } from './command.ts';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `2h`. @throws UsageError where it is no time span, or longer than 30 days */
export function readSince(text: string): number {
  const match = /^(\d{1,4})\s*(s|m|h|d)[a-z]*$/i.exec(text.trim());
  const unit = match?.[2]?.toLowerCase() as keyof typeof units | undefined;
  const ms = match && unit ? Number(match[1]) * units[unit] : 0;
  if (ms <= 0 || ms > 30 * units.d) {
    throw new UsageError(
      `--since ${text} is not a time span. Use a number with s, m, h or d, at most 30d: --since 2h.`,
    );
  }
  return ms;
}
