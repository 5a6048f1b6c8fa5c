import type { App, types } from '@slack/bolt';
import type { EnvironmentSummary, Request } from '#commands/command.ts';
import type { Bot } from './deps.ts';
import { inTeam } from './people.ts';
import { type ReadableMessage, readMessage } from './read-message.ts';
import { afterMention } from './spoken.ts';
import { take } from './take.ts';
import { targetName } from './text.ts';
import type { ThreadTarget } from './thread.ts';

type AppMentionEvent = types.AppMentionEvent;

/** `@ECS Sleuth logs --since 1h`: in a thread the target is known, elsewhere it is named as in a command. */
export function register(app: App, bot: Bot): void {
  app.event('app_mention', async ({ event, body, client }) => {
    if (!bot.deliveries.first(`event:${body.event_id}`)) return;
    const { channel, ts, thread_ts: thread } = event;
    const { name } = bot.identity();
    let about: ThreadTarget = {};
    take(bot, {
      entry: 'mention',
      client,
      person: personOf(event),
      place: { channel, threadTs: thread ?? ts },
      ...(thread === undefined && { whisperIn: { channel } }),
      prefix: `@${name}`,
      typed: event.text,
      read: async (environments) => {
        if (thread !== undefined) about = await bot.threads.target(client, { channel, threadTs: thread });
        return readMention(bot, event, about, environments);
      },
      hint: () => hintFor(bot, about),
    });
  });
}

/** What can be asked in this thread. */
function hintFor(bot: Bot, { request }: ThreadTarget): string {
  const { name } = bot.identity();
  const commands = bot.deps.topics.map((topic) => topic.name).join(', ');
  const target = request === undefined ? '' : targetName(request);
  return target === ''
    ? `What can be asked: ${commands}. For example @${name} why-stopped SERVICE ENVIRONMENT.`
    : `This thread is about ${target}. What can be asked: ${commands}. For example @${name} logs --since 1h.`;
}

function readMention(
  bot: Bot,
  { text }: AppMentionEvent,
  about: ThreadTarget,
  environments: readonly EnvironmentSummary[],
): Request {
  const words = afterMention(text, bot.identity().botUserId);
  if (words === 'explain' && about.root !== undefined) {
    return {
      command: 'explain',
      text: readMessage(about.root, environments, bot.identity()).text,
      options: {},
    };
  }
  return bot.deps.parseRequest(words, { environments, defaults: defaultsOf(about, environments, bot) });
}

/** What a thread says about its target: our own first message, or what can be read from somebody else's. */
function defaultsOf(
  { request, root }: ThreadTarget,
  environments: readonly EnvironmentSummary[],
  bot: Bot,
): Partial<Request> {
  const about = request ?? (root === undefined ? undefined : readRoot(root, environments, bot));
  if (about === undefined) return {};
  const { service, environment, options } = about;
  const { cluster, region, family, task } = options;
  return {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
    options: {
      ...(cluster === undefined ? {} : { cluster }),
      ...(region === undefined ? {} : { region }),
      ...(family === undefined ? {} : { family }),
      ...(task === undefined ? {} : { task }),
    },
  };
}

/** A thread under a mention begins with that mention; one under an alarm, with the alarm. */
function readRoot(
  root: ReadableMessage,
  environments: readonly EnvironmentSummary[],
  bot: Bot,
): Request | undefined {
  const { text = '' } = root;
  const { botUserId } = bot.identity();
  if (text.includes(`<@${botUserId}`)) {
    try {
      return bot.deps.parseRequest(afterMention(text, botUserId), { environments });
    } catch {
      return undefined;
    }
  }
  const { request, sure } = readMessage(root, environments, bot.identity());
  return sure ? request : undefined;
}

/** In a shared channel `user_team` is the author's own workspace; `team` may be the channel's, and proves nothing. */
function personOf({ user, bot_id: botId, username, user_team, source_team }: AppMentionEvent) {
  return {
    id: user ?? botId ?? '',
    ...(username === undefined ? {} : { name: username }),
    ...inTeam(user_team ?? source_team),
  };
}
