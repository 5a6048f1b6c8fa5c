import type { ConnectState } from './connect-details.ts';
import type { Verdict } from './report.ts';

const marks = { 'open-way': 'open', broken: 'blocked', open: 'not decided' };

/** Each way under its label: the same in Slack and in a terminal. */
export function connectLines(
  { ways, unseen }: ConnectState,
  { state }: Verdict,
): { label: string; text: string }[] {
  const [only, ...more] = ways;
  // The finding says what blocks the only way.
  if (only?.state === 'broken' && more.length === 0) return [];
  return [
    ...ways.map(({ about, state: found, text }) => ({
      label: about.charAt(0).toUpperCase() + about.slice(1),
      text: `${marks[found]} · ${text}`,
    })),
    ...(state === 'problem' ? [] : [{ label: 'Not seen from here', text: unseen.join('; ') }]),
  ];
}
