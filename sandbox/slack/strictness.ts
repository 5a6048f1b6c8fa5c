import { LIMITS } from './block-kit/limits.ts';
import { objectsIn, textLength } from './block-kit/walk.ts';
import { type Core, warn } from './core.ts';
import type { Message } from './model.ts';

const BROADCAST = /<!(channel|here|everyone)(\|[^>]*)?>/;

/** Warns of what Slack lets pass and readers suffer from. `via` names the method for the warning's text. */
export function warnAboutContent(
  core: Core,
  via: string,
  content: { text?: string; blocks?: unknown },
): void {
  if (content.blocks !== undefined && !content.text) {
    warn(core, 'missing_text', `${via}: blocks without text leave the notification empty`);
  }
  if (BROADCAST.test(content.text ?? '') || mentionsEverybody(content.blocks)) {
    warn(core, 'broadcast_mention', `${via}: an unescaped mention would notify everybody`);
  }
  if (textLength(content.blocks) > LIMITS.messageTextReported) {
    const limit = LIMITS.messageTextReported;
    warn(core, 'near_total', `${via}: refusals are reported from ${limit} characters of blocks on`);
  }
}

function mentionsEverybody(blocks: unknown): boolean {
  for (const { value } of objectsIn(blocks)) {
    if (value.type === 'broadcast') return true;
    const isParsed = value.type === 'mrkdwn' || value.type === 'markdown';
    if (isParsed && typeof value.text === 'string' && BROADCAST.test(value.text)) return true;
  }
  return false;
}

/** Slack allows about one message a second in a channel. Call before the message is stored. */
export function warnAboutPace(core: Core, channel: string, previous: readonly Message[]): void {
  const last = previous.findLast((message) => message.channel === channel && message.bot_id !== undefined);
  if (last === undefined) return;
  const elapsed = core.clock.now() - Number(last.ts) * 1000;
  if (elapsed < 1000) warn(core, 'too_fast', `more than one message a second in ${channel}`);
}
