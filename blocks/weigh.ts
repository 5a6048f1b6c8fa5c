import { size } from './escape.ts';
import type { AnyBlock } from './message.ts';

/** Names of kinds and ids, which nobody reads, and which Slack's total has not been seen to count. */
const silent = new Set(['type', 'action_id', 'block_id', 'style', 'align', 'unicode']);

/**
 * Code points over all strings in the blocks, button values with them. Slack does not say what its total counts;
 * this counts more than the shown text, so that the guess errs to the safe side.
 */
export function weigh(blocks: readonly AnyBlock[]): number {
  return weighValue(blocks);
}

function weighValue(value: unknown): number {
  if (typeof value === 'string') return size(value);
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + weighValue(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => (silent.has(key) ? sum : sum + weighValue(item)),
    0,
  );
}
