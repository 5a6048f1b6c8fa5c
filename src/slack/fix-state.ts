import { z } from 'zod';
import { type FixTab, fixTabs } from '#blocks/fix-modal.ts';
import type { Request } from '#commands/command.ts';
import type { Place } from './post.ts';
import { decodeRequest, encodeRequest } from './state.ts';

/** What the window "How to fix" is about, kept in its private_metadata: Slack hands that back, and nobody can change it. */
export interface FixState {
  request: Request;
  /** The thread of the answer that it was opened from; absent where Slack did not say, or only one person sees it. */
  thread?: Required<Place>;
  /** The conversation that the press came from: rights depend on it. */
  channel?: string;
  tab?: FixTab;
}

const shape = z.object({
  r: z.string(),
  c: z.string().optional(),
  t: z.string().optional(),
  k: z.enum(fixTabs).optional(),
});

/** At most 3,000 characters, as Slack allows: a request takes 2,000, and ids are short. */
export function writeFixState({ request, thread, channel, tab }: FixState): string {
  return JSON.stringify({
    r: encodeRequest(request),
    c: channel,
    t: thread?.threadTs,
    k: tab,
  } satisfies z.infer<typeof shape>);
}

/** Undefined where the text is of another version, or none of ours. */
export function readFixState(metadata: string): FixState | undefined {
  const parsed = shape.safeParse(readJson(metadata));
  const request = parsed.success ? decodeRequest(parsed.data.r) : undefined;
  if (!parsed.success || request === undefined) return undefined;
  const { c: channel, t: threadTs, k: tab } = parsed.data;
  return {
    request,
    ...(channel !== undefined && { channel }),
    ...(channel !== undefined && threadTs !== undefined && { thread: { channel, threadTs } }),
    ...(tab !== undefined && { tab }),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
