import type { Access, AccessRight, AccessRole } from './access-details.ts';
import type { LabelledLine } from './area-words.ts';
import { listed, plural } from './words.ts';

const labels = { execution: 'Execution role', task: 'Task role' } as const;
const states = { allowed: 'may', denied: 'may not', open: 'open', 'not-checked': 'not checked' } as const;

/** Denied rights stand in a line each, so that the one to add is found; what is allowed is counted. */
const eachAtMost = 6;

/** What each role needs and whether it may: the same in Slack and in a terminal. */
export function accessLines({ roles }: Access): LabelledLine[] {
  return roles.flatMap((role) => {
    const label = labels[role.role];
    const [first, ...more] = [headOf(role), ...rightsOf(role)].filter((text) => text !== '');
    return [{ label, text: first ?? 'none is needed' }, ...more.map((text) => ({ label, text }))];
  });
}

function headOf({ arn, state, why }: AccessRole): string {
  const name = arn?.split('/').at(-1) ?? '';
  if (state === 'ok') return `${name}, which ECS tasks may assume`;
  if (state === 'none') return why ?? 'none is set';
  const mark = { missing: 'does not exist', 'not-trusted': 'no', open: 'open', 'not-checked': 'not checked' }[
    state
  ];
  return `${name}: ${mark}${why === undefined || state === 'missing' ? '' : ` · ${why}`}`;
}

function rightsOf({ rights }: AccessRole): string[] {
  const telling = rights.filter(({ state }) => state !== 'allowed');
  const groups = Map.groupBy(telling, ({ state, action, why }) => JSON.stringify([state, action, why]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [`${states[first.state]} · ${first.action} on ${thingsOf(group)}: ${first.why}`] : [];
  });
  const shown = lines.slice(0, eachAtMost);
  if (lines.length > shown.length)
    shown.push(`${plural(lines.length - shown.length, 'more right')} not allowed or not decided`);
  return [...shown, allowedText(rights)];
}

function allowedText(rights: readonly AccessRight[]): string {
  const allowed = rights.filter(({ state }) => state === 'allowed');
  if (allowed.length === 0) return '';
  const texts = [...Map.groupBy(allowed, ({ action }) => action)].map(([action, group]) => {
    const count = new Set(group.map(({ resource }) => resource)).size;
    return `${action}${count > 1 ? ` (${count})` : ''}`;
  });
  return `may · ${listed(texts)}`;
}

function thingsOf(group: readonly AccessRight[]): string {
  const things = [...new Set(group.map(({ thing }) => thing))];
  return things.length > 3
    ? `${things.slice(0, 2).join(', ')} and ${things.length - 2} more`
    : listed(things);
}
