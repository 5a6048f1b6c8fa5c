import type { App, BlockAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { staleButtonMessage } from '#blocks/refusal.ts';
import type { Request } from '#commands/command.ts';
import { noteChoice, openForm } from './ask-form.ts';
import type { Bot, Entry } from './deps.ts';
import { showFix } from './fix.ts';
import { turnFix } from './fix-tabs.ts';
import { stopFollowing } from './follow.ts';
import { openLogFilter } from './log-filter.ts';
import { mayPress } from './may-press.ts';
import { inTeam, type Person } from './people.ts';
import type { Place, Posted } from './post.ts';
import { createTell } from './private.ts';
import { decodePressed, type Pressed } from './state.ts';
import { acknowledge, take } from './take.ts';
import { unknownActionMessage } from './text.ts';

/** A press of a button, or a choice from a menu, in a message. */
interface Press {
  client: WebClient;
  respond: RespondFn;
  person: Person;
  trigger: string;
  /** The message that holds the button; absent where Slack does not say. */
  source?: Posted;
  ephemeral: boolean;
}

/** `run:logs`, or `run:logs#2` where a message has two of them. */
const runAction = /^run:[^#]+(?:#.*)?$/;

/** Buttons and menus of any age, made by any replica: all that is needed is in their values. */
export function register(app: App, bot: Bot): void {
  app.action<BlockAction>(/.*/, async ({ ack, action, body, client, respond }) => {
    await acknowledge(bot, ack);
    if (body.container?.type === 'view')
      return action.action_id.startsWith('fix:') ? turnFix(bot, client, body) : noteChoice(bot, client, body);
    // Slack opens the address of a link by itself.
    if ('url' in action && action.url !== undefined) return;
    const press = pressOf(body, client, respond);
    const value = pressedValue(action);
    const { channel, ts } = press.source ?? {};
    if (!bot.clicks.first(`${channel}:${ts}:${press.person.id}:${action.action_id}:${value}`)) return;

    if (action.action_id === 'menu')
      return pressed(bot, press, 'menu', await menuRequest(bot, press, body, value));
    const button = decodePressed(value);
    if (runAction.test(action.action_id)) return pressed(bot, press, 'button', button);
    if (action.action_id === 'insights:cancel') return pressed(bot, press, 'button', button, true);
    if (action.action_id === 'logs:filter' || action.action_id === 'logs:stop') {
      if (button === undefined) return stale(bot, press);
      if (!(await mayPress(bot, { ...press, channel, tell: tellPresser(bot, press) }, button.request)))
        return;
      if (action.action_id === 'logs:filter') return openLogFilter(press, button);
      // Whoever followed is gone with a restart: the log as it stands takes the place of "Stop".
      if (press.source !== undefined && stopFollowing(bot, press.source)) return;
      return pressed(bot, press, 'button', button);
    }
    if (action.action_id === 'fix')
      return button === undefined ? stale(bot, press) : showFix(bot, { ...press, request: button.request });
    if (action.action_id === 'ask')
      return openForm(bot, client, press.trigger, {
        ...placeIn(press),
        ...(button === undefined ? {} : { guess: button.request }),
      });
    bot.log.warn({ action: action.action_id }, 'A button that this version does not know was pressed');
    await tellPresser(bot, press)(unknownActionMessage());
  });
}

/** @param quietly what comes of it is told to the presser alone */
function pressed(
  bot: Bot,
  press: Press,
  entry: Entry,
  wanted: Pressed | undefined,
  quietly = press.ephemeral,
): void {
  const { source } = press;
  if (wanted === undefined || source === undefined) {
    stale(bot, press);
    return;
  }
  const { request, inPlace } = wanted;
  // Nobody but the presser sees an ephemeral message, so nobody else gets the answer.
  const asked: Request = quietly ? { ...request, options: { ...request.options, private: true } } : request;
  const onto = inPlace && !press.ephemeral ? source : undefined;
  take(bot, {
    entry,
    client: press.client,
    respond: press.respond,
    person: press.person,
    place: { channel: source.channel, threadTs: source.threadTs ?? source.ts },
    whisperIn: besideButton(source),
    prefix: '/ecs',
    read: () => asked,
    onto,
  });
}

function stale(bot: Bot, press: Press): void {
  void tellPresser(bot, press)(staleButtonMessage());
}

/** Beside the button that was pressed: an ephemeral answer in a thread nobody has open is not seen. */
function tellPresser(bot: Bot, press: Press) {
  return createTell({ ...bot, ...press, ...placeIn(press) });
}

function placeIn({ source }: Press): { place?: Place } {
  return source === undefined ? {} : { place: besideButton(source) };
}

function besideButton({ channel, threadTs }: Posted): Place {
  return threadTs === undefined ? { channel } : { channel, threadTs };
}

const messageShape = z.object({
  blocks: z
    .array(z.object({ elements: z.array(z.unknown()).optional(), accessory: z.unknown().optional() }))
    .optional(),
});
const buttonShape = z.object({ action_id: z.string().startsWith('run:'), value: z.string() });

/**
 * An option's value holds 150 characters, too few for a target: that is in the last button beside the menu, "Run
 * again". Those before it may be about one task of the answer.
 */
async function menuRequest(
  bot: Bot,
  { client, source }: Press,
  body: BlockAction,
  command: string | undefined,
): Promise<Pressed | undefined> {
  if (command === undefined) return undefined;
  const [name = '', query] = command.split('#');
  const message = messageShape.safeParse(body.message).data;
  const elements = (message?.blocks ?? []).flatMap(({ elements: list = [], accessory }) => [
    ...list,
    accessory,
  ]);
  const buttons = elements.flatMap((element) => buttonShape.safeParse(element).data ?? []);
  const found = buttons
    .map(({ value }) => decodePressed(value)?.request)
    .findLast((request) => request !== undefined);
  const thread =
    source === undefined ? undefined : { channel: source.channel, threadTs: source.threadTs ?? source.ts };
  const request =
    found ?? (thread === undefined ? undefined : (await bot.threads.target(client, thread)).request);
  if (request === undefined) return undefined;
  const { cluster, region, family, task, private: hidden, since, container } = request.options;
  const place = { cluster, region, family, task, private: hidden };
  // Another query looks at the same lines.
  const options = query === undefined ? place : { ...place, since, container, query };
  const { text: _text, ...target } = request;
  return { request: { ...target, command: name, options }, inPlace: false };
}

function pressedValue(action: object): string | undefined {
  const chosen = chosenShape.safeParse(action).data;
  return chosen?.value ?? chosen?.selected_option?.value;
}

const chosenShape = z.object({
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const containerShape = z.object({
  channel_id: z.string().optional(),
  message_ts: z.string().optional(),
  thread_ts: z.string().optional(),
  is_ephemeral: z.boolean().optional(),
});

function pressOf(body: BlockAction, client: WebClient, respond: RespondFn): Press {
  const container = containerShape.safeParse(body.container).data ?? {};
  const channel = body.channel?.id ?? container.channel_id;
  const ts = body.message?.ts ?? container.message_ts;
  const thread: unknown = body.message?.thread_ts ?? container.thread_ts;
  const { id, username, name, team_id: team } = body.user;
  return {
    client,
    respond,
    trigger: body.trigger_id,
    person: { id, name: username ?? name, ...inTeam(team) },
    ephemeral: container.is_ephemeral ?? false,
    ...(channel === undefined || ts === undefined
      ? {}
      : {
          source: {
            channel,
            ts,
            ...(typeof thread === 'string' && thread !== ts ? { threadTs: thread } : {}),
          },
        }),
  };
}
