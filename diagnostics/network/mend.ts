import { blocksOf, covered, publicAddresses, type Span } from './prefixes.ts';
import type { Mend } from './topology.ts';

/** Rules that name more blocks than these are no better than one for everybody. */
const blocksAtMost = 8;

interface End {
  spans: readonly Span[];
  groups?: readonly string[] | undefined;
  prefixList?: string;
}

/** The narrowest rule for an end: by its group, by the list that holds it, else by its addresses. */
export function mendFor({ spans, groups = [], prefixList }: End, from: number, to = from): Mend {
  const [group] = groups;
  if (group !== undefined) return { from, to, group };
  if (prefixList !== undefined) return { from, to, prefixList };
  return { from, to, cidrs: cidrsOf(spans) };
}

/** What may have any public address is anywhere. */
export function cidrsOf(spans: readonly Span[]): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = spans.filter((span) => span.family === family);
    if (own.length === 0) return [];
    const blocks = blocksOf(own);
    const everywhere = blocks.length > blocksAtMost || covered(publicAddresses(family), own) === 'all';
    return everywhere ? [family === 4 ? '0.0.0.0/0' : '::/0'] : blocks;
  });
}
