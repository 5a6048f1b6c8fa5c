import { z } from 'zod';
import { failureMessage } from '#blocks/refusal.ts';
import type { Bot } from './deps.ts';
import { createTell } from './private.ts';
import { newReference } from './text.ts';

export interface ListenerFailure {
  error: Error;
  body: unknown;
}

const bodyShape = z.object({
  type: z.string().optional(),
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  channel_id: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
});

/** Whoever pressed or typed something hears that it failed: nothing stays without an answer. */
export async function listenerFailed(bot: Bot, { error, body }: ListenerFailure): Promise<void> {
  const { type, user_id, user, channel_id, channel } = bodyShape.safeParse(body).data ?? {};
  const reference = newReference();
  bot.log.error({ err: error, type, reference }, 'A listener failed');
  const person = user_id ?? user?.id;
  const where = channel_id ?? channel?.id;
  if (person === undefined) return;
  const tell = createTell({
    ...bot,
    person: { id: person },
    ...(where === undefined ? {} : { place: { channel: where } }),
  });
  await tell(
    failureMessage(
      'That did not work: something inside the bot, or between it and Slack, failed.',
      reference,
    ),
  );
}
