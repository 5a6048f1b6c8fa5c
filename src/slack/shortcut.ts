import { setTimeout as sleep } from 'node:timers/promises';
import type { App, GlobalShortcut, MessageShortcut, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { askLoadingModal, askRefusalModal } from '#blocks/ask-modal.ts';
import { actions, button, context } from '#blocks/elements.ts';
import type { Message } from '#blocks/message.ts';
import type { EnvironmentSummary, Request } from '#commands/command.ts';
import { admit, Refused } from './admit.ts';
import type { Ask } from './ask.ts';
import { formView, openForm, warmLists } from './ask-form.ts';
import type { Bot } from './deps.ts';
import { inTeam, type Person } from './people.ts';
import type { Place } from './post.ts';
import { createTell } from './private.ts';
import { type Reading, readMessage } from './read-message.ts';
import { run } from './run.ts';
import { encodeRequest } from './state.ts';
import { acknowledge, take } from './take.ts';
import { nothingOpenMessage, unknownActionMessage } from './text.ts';

/** A trigger lives three seconds. What is not known by then is shown in the window that it opened. */
const patienceMs = 1_000;

/** What to do with a message, once it has been read. */
type Plan =
  | { kind: 'answer'; request: Request; below?: Message['blocks'] }
  | { kind: 'form'; guess: Request }
  | { kind: 'refused'; shown: Message };

/** "Diagnose with ECS Sleuth" on a message, and the form from everywhere. */
export function register(app: App, bot: Bot): void {
  app.shortcut(/.*/, async ({ ack, shortcut, client, ...rest }) => {
    await acknowledge(bot, ack);
    if (!bot.deliveries.first(`shortcut:${shortcut.trigger_id}`)) return;
    const respond = 'respond' in rest ? rest.respond : undefined;
    if (shortcut.type === 'message_action' && shortcut.callback_id === 'diagnose_message') {
      return diagnoseMessage(bot, client, shortcut, respond);
    }
    if (shortcut.type === 'shortcut' && shortcut.callback_id === 'diagnose') {
      return diagnose(bot, client, shortcut);
    }
    bot.log.warn({ callback: shortcut.callback_id }, 'A shortcut that this version does not know was used');
    await createTell({ ...bot, client, respond, person: personOf(shortcut) })(unknownActionMessage());
  });
}

/** There is no conversation yet: what is open to the asker may depend on the one that is chosen. */
async function diagnose(bot: Bot, client: WebClient, shortcut: GlobalShortcut): Promise<void> {
  const person = personOf(shortcut);
  const known = await Promise.race([
    openAnywhere(bot, client, person),
    sleep(patienceMs, undefined, { ref: false }),
  ]);
  if (known instanceof Refused) {
    bot.deps.audit({ entry: 'shortcut', person, outcome: 'refused', detail: known.message });
    await createTell({ ...bot, client, person })(known.shown);
    return;
  }
  const everything = known !== undefined && known >= bot.deps.environments.length;
  await openForm(bot, client, shortcut.trigger_id, { placeFirst: !everything });
}

/** How many environments are open to somebody wherever they ask. */
async function openAnywhere(bot: Bot, client: WebClient, person: Person): Promise<number | Refused> {
  try {
    return (await admit(bot, client, { person })).length;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function diagnoseMessage(
  bot: Bot,
  client: WebClient,
  shortcut: MessageShortcut,
  respond: RespondFn | undefined,
): Promise<void> {
  const person = personOf(shortcut);
  const { id: channel } = shortcut.channel;
  const thread = shortcut.message.thread_ts;
  const place = { channel, threadTs: thread ?? shortcut.message_ts };
  const plan = makePlan(bot, client, person, place, shortcut.message);
  const quick = await Promise.race([plan, sleep(patienceMs, undefined, { ref: false })]);
  const whisperIn = thread === undefined ? { channel } : place;
  const ask = { entry: 'shortcut', client, respond, person, place, whisperIn, prefix: '/ecs' } as const;
  if (quick === undefined) return inWindow(bot, ask, shortcut.trigger_id, plan);
  if (quick.kind === 'form')
    return openForm(bot, client, shortcut.trigger_id, { place, guess: quick.guess, unsure: true });
  return carryOut(bot, ask, quick);
}

/** A window is opened while the message is still being read; it becomes the form, or says where the answer is. */
async function inWindow(
  bot: Bot,
  ask: Omit<Ask, 'read'>,
  trigger: string,
  planning: Promise<Plan>,
): Promise<void> {
  const { client, place } = ask;
  const { view } = await client.views.open({ trigger_id: trigger, view: askLoadingModal() });
  const plan = await planning;
  if (plan.kind === 'form') warmLists(bot, plan);
  const next =
    plan.kind === 'form'
      ? formView(bot, { place, guess: plan.guess, unsure: true })
      : askRefusalModal(
          plan.kind === 'refused' ? plan.shown.text : 'The answer is in the thread of the message.',
        );
  await client.views.update({
    view_id: view?.id ?? '',
    ...(view?.hash === undefined ? {} : { hash: view.hash }),
    view: next,
  });
  if (plan.kind === 'answer') await carryOut(bot, ask, plan);
}

async function carryOut(
  bot: Bot,
  ask: Omit<Ask, 'read'>,
  plan: Exclude<Plan, { kind: 'form' }>,
): Promise<void> {
  if (plan.kind === 'answer') {
    const { request, below } = plan;
    return take(bot, { ...ask, read: () => request, ...(below === undefined ? {} : { below }) });
  }
  const { person, place, whisperIn } = ask;
  bot.deps.audit({
    entry: 'shortcut',
    person,
    channel: place.channel,
    outcome: 'refused',
    detail: plan.shown.text,
  });
  await createTell({ ...bot, ...ask, place: whisperIn ?? place })(plan.shown);
}

async function makePlan(
  bot: Bot,
  client: WebClient,
  person: Person,
  place: Place,
  message: MessageShortcut['message'],
): Promise<Plan> {
  let environments: readonly EnvironmentSummary[];
  try {
    environments = await admit(bot, client, { person, channel: place.channel });
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', shown: error.shown };
    throw error;
  }
  if (environments.length === 0) return { kind: 'refused', shown: nothingOpenMessage() };
  const reading = readMessage(message, environments, bot.identity());
  const request = withKnownCommand(bot, reading.request);
  if (reading.sure) return { kind: 'answer', request };
  if (await isErrorText(bot, person, reading)) {
    const explain: Request = { command: 'explain', text: reading.text, options: {} };
    return { kind: 'answer', request: explain, below: offer(request) };
  }
  return { kind: 'form', guess: request };
}

/** A text that AWS writes, recognised without asking AWS. */
async function isErrorText(bot: Bot, person: Person, { text }: Reading): Promise<boolean> {
  if (text.trim() === '' || !bot.deps.topics.some(({ name }) => name === 'explain')) return false;
  try {
    const request: Request = { command: 'explain', text, options: {} };
    const found = await run(bot, { request, person, environments: [] });
    return found.kind === 'report' && found.report.verdict.state === 'problem';
  } catch (error) {
    bot.log.warn({ err: error }, 'The text of a message could not be explained');
    return false;
  }
}

/** What is said of the text alone is half the answer. */
function offer(guess: Request): Message['blocks'] {
  return [
    ...context('Which service is it? Then its state and its logs are looked at too.'),
    ...actions([button({ label: 'Name the service', action: 'ask', value: encodeRequest(guess) })]),
  ];
}

function withKnownCommand(bot: Bot, request: Request): Request {
  const known = bot.deps.topics.some(({ name }) => name === request.command);
  return known ? request : { ...request, command: 'why-stopped' };
}

function personOf({ user }: GlobalShortcut | MessageShortcut): Person {
  const name = 'username' in user ? user.username : user.name;
  return { id: user.id, name, ...inTeam(user.team_id) };
}
