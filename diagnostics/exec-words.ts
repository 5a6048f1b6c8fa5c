import type { ExecState } from './exec-details.ts';

const marks = { ok: 'yes', blocked: 'no', open: 'open', advice: 'advice' };

/** What decides about a session, each under its label: the same in Slack and in a terminal. */
export function execLines({ steps, caller, unseen }: ExecState): { label: string; text: string }[] {
  const said = steps.filter(({ state }) => state !== 'ok');
  const met = steps.filter(({ state }) => state === 'ok').map(({ about }) => about.toLowerCase());
  return [
    ...said.map(({ about, state, text }) => ({ label: about, text: `${marks[state]} · ${text}` })),
    ...(met.length > 0 ? [{ label: 'Met', text: met.join(', ') }] : []),
    { label: 'Caller needs', text: caller },
    { label: 'Not seen from here', text: unseen.join('; ') },
  ];
}
