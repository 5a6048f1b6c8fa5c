import { afterEach, expect, test } from 'vitest';
import { encodeRequest } from '#src/slack/state.ts';
import { type BotUnderTest, prod, type Setup, startBot } from './bot.ts';
import { answered, press } from './press.ts';

let bot: BotUnderTest | undefined;
async function start(setup?: Setup): Promise<BotUnderTest> {
  bot = await startBot(setup);
  return bot;
}
afterEach(async () => {
  expect(bot?.workspace.unexpected).toEqual([]);
  await bot?.stop();
  bot = undefined;
});

/** Ada may look at production, Ben at nothing. */
const onlyAda: Setup = { allow: ({ person }) => (person.id === 'U0ADA' ? [prod] : []) };

async function refusedOnce({ workspace, uses }: BotUnderTest, user = 'ben') {
  await workspace.until(() => workspace.ephemerals(user).length > 0);
  await expect.poll(() => uses.map(({ outcome }) => outcome)).toContain('refused');
}

test('A button pressed by somebody who may not look runs nothing and answers only them', async () => {
  const started = await start(onlyAda);
  const { workspace, ran } = started;
  const message = await answered(workspace, 'why-stopped api prod');
  await press(workspace, 'ben', message, 'Run again');
  await refusedOnce(started);
  expect(ran).toHaveLength(1);
  // Slack shows nobody a private word in a thread that has not begun.
  expect(workspace.ephemerals('ben')[0]?.thread_ts).toBeUndefined();
});

test.each([
  ['"Older"', 'run:logs#older', 'logs'],
  ['"Filter…"', 'logs:filter', 'logs'],
  ['"Stop"', 'logs:stop', 'logs'],
  ['"Cancel"', 'insights:cancel', 'insights'],
  ['"Who changed it"', 'run:changes#who', 'changes'],
  ['"Export"', 'run:timeline#export', 'timeline'],
])('%s pressed by somebody who may not look does nothing but tell them', async (_label, action, command) => {
  const started = await start(onlyAda);
  const { workspace, slack, ran } = started;
  const request = { command, service: 'api', environment: 'prod', options: { cancel: 'q1' } };
  const button = {
    type: 'button',
    text: { type: 'plain_text', text: 'Press' },
    action_id: action,
    value: encodeRequest(request, { inPlace: true, containers: ['app'] }),
  } as const;
  await slack.bot.client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'a log',
    blocks: [{ type: 'actions', block_id: 'log', elements: [button] }],
  });
  const [message] = workspace.messages('incidents');
  if (message === undefined) throw new Error('nothing was posted');
  const following = new AbortController();
  slack.bot.follows.set(`C0INCIDENTS:${message.ts}`, following);
  await press(workspace, 'ben', message, 'Press');
  await refusedOnce(started);
  expect(workspace.ephemerals('ben')[0]?.text).toContain('may not look at prod');
  expect(workspace.views('ben')).toEqual([]);
  expect(following.signal.aborted).toBe(false);
  expect(ran).toEqual([]);
});

test('The window with a fix shows nothing to somebody who may not look', async () => {
  const started = await start(onlyAda);
  const { workspace, ran } = started;
  const message = await answered(workspace, 'why-stopped api prod');
  await press(workspace, 'ben', message, 'How to fix');
  await workspace.until(() => JSON.stringify(workspace.views('ben')).includes('may not look'));
  expect(ran).toHaveLength(1);
});

test('A mention by somebody who may not look is refused privately', async () => {
  const started = await start(onlyAda);
  const { workspace, ran } = started;
  workspace.say({ user: 'ben', channel: 'incidents', text: `<@${workspace.bot.userId}> status api prod` });
  await refusedOnce(started);
  expect(ran).toEqual([]);
});

test('A message shortcut used by somebody who may not look is refused', async () => {
  const started = await start(onlyAda);
  const { workspace, ran } = started;
  const text = 'arn:aws:ecs:us-east-1:222222222222:service/prod/api';
  const { ts = '' } = workspace.say({ user: 'ada', channel: 'incidents', text });
  await workspace.shortcut({ user: 'ben', callback_id: 'diagnose_message', channel: 'C0INCIDENTS', ts });
  await refusedOnce(started);
  expect(ran).toEqual([]);
  expect(workspace.views('ben')).toEqual([]);
  expect(workspace.ephemerals('ben')[0]?.thread_ts).toBeUndefined();
});

test('A form sent by somebody who may not look is refused', async () => {
  const started = await start(onlyAda);
  const { workspace, ran } = started;
  await workspace.shortcut({ user: 'ben', callback_id: 'diagnose' });
  const [view] = await workspace.until(() => workspace.views('ben').length > 0 && workspace.views('ben'));
  const option = (value: string) => ({
    selected_option: { text: { type: 'plain_text', text: value }, value },
  });
  const view_id = view?.id ?? '';
  const container = { type: 'view', view_id } as const;
  const menu = { user: 'ben', container, block_id: 'environment', action_id: 'environment', value: '' };
  expect(await workspace.suggest(menu)).toMatchObject({ options: [{ value: '-' }] });
  await workspace.submit({
    user: 'ben',
    view_id,
    values: {
      environment: { environment: { type: 'external_select', ...option('prod') } },
      service: { service: { type: 'external_select', ...option('api') } },
      command: { command: { type: 'static_select', ...option('status') } },
      channel: { channel: { type: 'conversations_select', selected_conversation: 'C0INCIDENTS' } },
    },
  });
  await refusedOnce(started);
  expect(ran).toEqual([]);
});

test('Rights that were taken away since a message was posted count when its button is pressed', async () => {
  let open = true;
  const started = await start({ allow: () => (open ? [prod] : []) });
  const { workspace, ran } = started;
  const message = await answered(workspace, 'why-stopped api prod');
  open = false;
  await press(workspace, 'ada', message, 'Run again');
  await refusedOnce(started, 'ada');
  expect(ran).toHaveLength(1);
});

test("An environment that is closed where the button is pressed is not opened by the button's value", async () => {
  const started = await start({ allow: () => [prod] });
  const { workspace, slack, ran } = started;
  const value = encodeRequest({ command: 'status', service: 'api', environment: 'staging', options: {} });
  const button = {
    type: 'button',
    text: { type: 'plain_text', text: 'Status' },
    action_id: 'run:status',
    value,
  } as const;
  await slack.bot.client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'old',
    blocks: [{ type: 'actions', block_id: 'old', elements: [button] }],
  });
  const [message] = workspace.messages('incidents');
  if (message === undefined) throw new Error('nothing was posted');
  await press(workspace, 'ada', message, 'Status');
  await refusedOnce(started, 'ada');
  expect(ran).toEqual([]);
});

test('When Slack does not say who is in a group nobody is let in', async () => {
  const started = await start({
    deps: {
      environmentsFor: async (_asker, membersOf) =>
        (await membersOf('S0NOSUCH')).has('U0ADA') ? [prod] : [],
    },
  });
  const { workspace, ran } = started;
  await workspace.command({
    user: 'ada',
    channel: 'incidents',
    command: '/ecs',
    text: 'why-stopped api prod',
  });
  await refusedOnce(started, 'ada');
  expect(ran).toEqual([]);
});

test.each([
  ['says so', 'T0OTHER'],
  ['names only the workspace of the app', undefined],
])('Somebody whom Slack does not know here is refused where the payload %s', async (_what, own) => {
  const started = await start();
  const { workspace, slack, ran, uses } = started;
  const { team } = slack.bot.identity();
  const message = { type: 'message', ts: '1.000100', text: 'service/prod/api', user: 'U0ADA' };
  const user = { id: 'U0OTHER', username: 'mallory', name: 'mallory', team_id: own };
  const common = { team: { id: team, domain: 'acme' }, user, trigger_id: 't', response_url: '' };
  const value = encodeRequest({ command: 'status', service: 'api', environment: 'prod', options: {} });
  const bodies = [
    {
      ...common,
      type: 'block_actions',
      channel: { id: 'C0INCIDENTS', name: 'incidents' },
      container: { type: 'message', channel_id: 'C0INCIDENTS', message_ts: '1.000100' },
      message,
      actions: [{ type: 'button', action_id: 'run:status', block_id: 'b', value }],
    },
    {
      ...common,
      type: 'message_action',
      callback_id: 'diagnose_message',
      channel: { id: 'C0INCIDENTS', name: 'incidents' },
      message_ts: message.ts,
      message,
    },
    {
      type: 'event_callback',
      event_id: 'E1',
      team_id: team,
      event: {
        type: 'app_mention',
        user: user.id,
        ...(own === undefined ? { team } : { user_team: own }),
        channel: 'C0INCIDENTS',
        ts: message.ts,
        text: `<@${workspace.bot.userId}> status api prod`,
      },
    },
  ];
  for (const body of bodies) await slack.app.processEvent({ body, ack: async () => undefined });
  await expect.poll(() => uses).toHaveLength(bodies.length);
  for (const use of uses) expect(use).toMatchObject({ outcome: 'refused' });
  expect(ran).toEqual([]);
});
