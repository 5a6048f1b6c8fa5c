import type { Settled } from '../fact.ts';
import type { ChangedThings } from '../facts/changes/changed-things.ts';
import type { NotChecked } from '../report.ts';
import { listed } from '../words.ts';

/** Secrets, parameters, images and instances of which it could not be read when they were changed. */
export function unreadThings(things: ChangedThings | undefined): NotChecked[] {
  if (!things) return [];
  const { values, images, instances } = things;
  const parts = [...values.map(({ state }) => state), ...images.map(({ state }) => state), instances];
  return parts.flatMap((part) => (part.ok ? [] : [part.notChecked]));
}

/** What of a fact could not be read as a whole. */
export function failedOf(
  facts: readonly (readonly [what: string, Settled<unknown> | undefined])[],
): string[] {
  return facts.flatMap(([what, settled]) => (settled?.ok === false ? [what] : []));
}

/** `, and the tasks and the history of deployments could not be read`; empty where all was. */
export function unreadWords(parts: readonly string[]): string {
  const distinct = [...new Set(parts)];
  if (distinct.length === 0) return '';
  const [first, second, third, ...more] = distinct;
  const named = [first, second, third].filter((part) => part !== undefined);
  return `, and ${listed(more.length > 0 ? [...named, `${more.length} more`] : named)} could not be read`;
}
