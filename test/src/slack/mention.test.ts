import type { ChatPostMessageArguments } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { encodeRequest, targetMetadata } from '#src/slack/state.ts';
import { type BotUnderTest, type Setup, startBot } from './bot.ts';
import { answered, press, replies } from './press.ts';

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

const incidents = { user: 'ada', channel: 'incidents' };

test('In a thread the target need not be named, and the answer comes into that thread', async () => {
  const { workspace, ran } = await start();
  const message = await answered(workspace, 'why-stopped api prod');
  workspace.say({ ...incidents, text: `<@${workspace.bot.userId}> logs --since 1h`, thread_ts: message.ts });
  await workspace.until(() => replies(workspace, message).length > 0);
  expect(ran.at(-1)).toMatchObject({
    command: 'logs',
    service: 'api',
    environment: 'prod',
    options: { cluster: 'prod', since: 3_600_000 },
  });
});

test('A replica that did not post the thread reads its target from the first message', async () => {
  const { workspace, slack, ran } = await start();
  const { client } = slack.bot;
  // The memory of this replica does not know a thread whose first message came by another client.
  await client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'from elsewhere',
    metadata: targetMetadata({ command: 'status', service: 'api', environment: 'prod', options: {} }),
  } as ChatPostMessageArguments);
  const root = workspace.messages('incidents').at(-1);
  if (root === undefined) throw new Error('nothing was posted');
  workspace.say({ ...incidents, text: `<@${workspace.bot.userId}> status`, thread_ts: root.ts });
  await workspace.until(() => replies(workspace, root).length > 0);
  expect(ran.at(-1)).toMatchObject({ command: 'status', service: 'api', environment: 'prod' });
  const read = workspace.calls.find(({ method }) => method === 'conversations.replies');
  expect(read?.args).toMatchObject({ limit: '1', include_all_metadata: 'true' });
});

test('A button that was pressed in a thread of another replica does not narrow what the thread is about', async () => {
  const { workspace, slack, ran } = await start();
  const { client } = slack.bot;
  const about = { service: 'api', environment: 'prod' };
  const value = encodeRequest({ command: 'logs', ...about, options: { task: 'a1b2', container: 'app' } });
  await client.chat.postMessage({
    channel: 'C0INCIDENTS',
    text: 'from elsewhere',
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'run:logs', text: { type: 'plain_text', text: 'Show logs' }, value },
        ],
      },
    ],
    metadata: targetMetadata({ command: 'status', ...about, options: {} }),
  } as ChatPostMessageArguments);
  const root = workspace.messages('incidents').at(-1);
  if (root === undefined) throw new Error('nothing was posted');
  await press(workspace, 'ada', root, 'Show logs');
  await workspace.until(() => replies(workspace, root).length === 1);
  workspace.say({ ...incidents, text: `<@${workspace.bot.userId}> status`, thread_ts: root.ts });
  await workspace.until(() => replies(workspace, root).length === 2);
  expect(ran.at(-1)).toEqual({ command: 'status', ...about, options: {} });
});

test('Outside of a thread a mention works as the command does, in a thread below it', async () => {
  const { workspace, ran } = await start();
  const { ts = '' } = workspace.say({
    ...incidents,
    text: `<@${workspace.bot.userId}> why-stopped api prod`,
  });
  await workspace.until(() => replies(workspace, { channel: 'C0INCIDENTS', ts }).length > 0);
  workspace.say({ ...incidents, text: `and <@${workspace.bot.userId}> logs`, thread_ts: ts });
  await workspace.until(() => replies(workspace, { channel: 'C0INCIDENTS', ts }).length > 1);
  expect(ran).toMatchObject([
    { command: 'why-stopped', service: 'api', environment: 'prod' },
    { command: 'logs', service: 'api', environment: 'prod' },
  ]);
});

test('In a thread below an alarm the alarm names the target', async () => {
  const { workspace, ran } = await start();
  const alarm =
    'ALARM: "api-cpu" in US East (N. Virginia)\nDimensions: [ServiceName = api] [ClusterName = prod]';
  const { ts = '' } = workspace.say({ ...incidents, text: alarm });
  workspace.say({ ...incidents, text: `<@${workspace.bot.userId}> why-stopped`, thread_ts: ts });
  await workspace.until(() => replies(workspace, { channel: 'C0INCIDENTS', ts }).length > 0);
  expect(ran).toMatchObject([{ service: 'api', environment: 'prod', options: { cluster: 'prod' } }]);
});

test('A mention that cannot be understood gets help, privately and in its thread', async () => {
  const { workspace } = await start();
  const message = await answered(workspace, 'why-stopped api prod');
  workspace.say({
    ...incidents,
    text: `<@${workspace.bot.userId}> what is wrong here?`,
    thread_ts: message.ts,
  });
  const [told] = await workspace.until(
    () => workspace.ephemerals('ada').length > 0 && workspace.ephemerals('ada'),
  );
  expect(told?.thread_ts).toBe(message.ts);
  expect(JSON.stringify(told?.blocks)).toContain('about api in prod');
});

test('An event that Slack delivers twice is answered once', async () => {
  const { workspace, slack, ran } = await start();
  const event = {
    type: 'app_mention',
    user: 'U0ADA',
    text: `<@${workspace.bot.userId}> status api prod`,
    ts: '1.000100',
    channel: 'C0INCIDENTS',
    team: 'T0SANDBOX',
  };
  const body = { type: 'event_callback', event_id: 'Ev1', team_id: 'T0SANDBOX', event };
  await slack.app.processEvent({ body, ack: async () => undefined });
  await slack.app.processEvent({ body, ack: async () => undefined, retryNum: 1, retryReason: 'timeout' });
  await slack.bot.work.idle(5_000);
  expect(ran).toHaveLength(1);
});

test('A mention that cannot be carried out is answered where its author sees it: in no thread that has not begun', async () => {
  const { workspace } = await start();
  workspace.say({ ...incidents, text: `<@${workspace.bot.userId}> why-stoped api prod` });
  const [whisper] = await workspace.until(() => {
    const whispers = workspace.ephemerals('ada');
    return whispers.length > 0 && whispers;
  });
  expect(whisper?.text).toContain('Did you mean why-stopped');
  expect(whisper?.thread_ts).toBeUndefined();
});
