import { afterEach, describe, expect, test } from 'vitest';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { client, start, stopAll } from './harness.ts';

afterEach(stopAll);

const options = ['logs', 'events'].map((value) => ({
  text: { type: 'plain_text' as const, text: `Show ${value}` },
  value,
}));

const blocks = [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*api* in prod' } },
  {
    type: 'actions' as const,
    block_id: 'next',
    elements: [
      {
        type: 'button' as const,
        action_id: 'again',
        text: { type: 'plain_text' as const, text: 'Run again' },
        value: 'api|prod',
      },
      { type: 'overflow' as const, action_id: 'more', options },
      { type: 'static_select' as const, action_id: 'deeper', options },
      { type: 'external_select' as const, action_id: 'service', min_query_length: 0 },
    ],
  },
];

async function posted(workspace: SlackWorkspace, thread_ts?: string) {
  const metadata = { event_type: 'target', event_payload: { service: 'api' } };
  const message = { channel: 'C0INCIDENTS', text: 'api in prod', blocks, metadata };
  const { ts } = await client(workspace).chat.postMessage(thread_ts ? { ...message, thread_ts } : message);
  return { type: 'message' as const, channel: 'C0INCIDENTS', ts: String(ts) };
}

test('a button sends block_actions with its message, its value and a way to answer', async () => {
  const { workspace } = await start((app) => {
    app.action('again', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'again', replace_original: true });
    });
  });
  const container = await posted(workspace);
  const request = { user: 'ben', container, block_id: 'next', action_id: 'again' };

  expect(await workspace.act(request)).toEqual({ ok: true });
  await workspace.until(() => workspace.messages('incidents').some((one) => one.text === 'again'));

  expect(workspace.frames[0]?.payload).toMatchObject({
    type: 'block_actions',
    user: { id: 'U0BEN', team_id: 'T0SANDBOX' },
    channel: { id: 'C0INCIDENTS', name: 'incidents' },
    container: { type: 'message', message_ts: container.ts, channel_id: 'C0INCIDENTS', is_ephemeral: false },
    message: {
      type: 'message',
      ts: container.ts,
      bot_id: workspace.bot.botId,
      metadata: { event_type: 'target', event_payload: { service: 'api' } },
    },
    actions: [{ type: 'button', block_id: 'next', action_id: 'again', value: 'api|prod' }],
  });
});

test('a button in a thread tells the thread', async () => {
  const { workspace } = await start((app) => app.action('again', async ({ ack }) => ack()));
  const root = await posted(workspace);
  const container = await posted(workspace, root.ts);
  await workspace.act({ user: 'ada', container, block_id: 'next', action_id: 'again' });
  expect(workspace.frames[0]?.payload).toMatchObject({
    container: { thread_ts: root.ts },
    message: { thread_ts: root.ts },
  });
});

describe('an element of choice', () => {
  test.each([
    ['overflow', 'more', 'logs'],
    ['static_select', 'deeper', 'events'],
  ])('of type %s sends the option that was chosen', async (type, action_id, value) => {
    const { workspace } = await start((app) => app.action(action_id, async ({ ack }) => ack()));
    const container = await posted(workspace);
    const request = { user: 'ada', container, block_id: 'next', action_id };
    expect(await workspace.act({ ...request, selected_option: value })).toEqual({ ok: true });
    expect(workspace.frames[0]?.payload).toMatchObject({
      actions: [{ type, selected_option: { value, text: { text: `Show ${value}` } } }],
    });
    await expect(workspace.act({ ...request, selected_option: 'none' })).rejects.toThrow('no such option');
  });

  test('asks the app for the options of an external select', async () => {
    const { workspace } = await start((app) => {
      app.options('service', async ({ ack, options: { value } }) => {
        await ack({
          options: [{ text: { type: 'plain_text', text: `${value}-api` }, value: `${value}-api` }],
        });
      });
      app.action('service', async ({ ack }) => ack());
    });
    const container = await posted(workspace);
    const request = { user: 'ada', container, block_id: 'next', action_id: 'service' };
    const answer = await workspace.suggest({ ...request, value: 'checkout' });
    const option = { text: { type: 'plain_text', text: 'checkout-api' }, value: 'checkout-api' };
    expect(answer).toEqual({ ok: true, options: [option] });
    expect(await workspace.act({ ...request, selected_option: option })).toEqual({ ok: true });
  });

  test('reports options that Slack would not show', async () => {
    const { workspace } = await start((app) => {
      app.options('service', async ({ ack }) => {
        await ack({ options: [{ text: { type: 'plain_text', text: 'x'.repeat(76) }, value: 'x' }] });
      });
    });
    const container = await posted(workspace);
    const request = { user: 'ada', container, block_id: 'next', action_id: 'service', value: '' };
    expect(await workspace.suggest(request)).toEqual({ ok: false, error: 'invalid_options' });
    expect(workspace.unexpected).toMatchObject([{ code: 'invalid_ack', message: 'block_suggestion' }]);
  });
});

test('an ephemeral message is not in the payload, and can be replaced and deleted', async () => {
  const { workspace } = await start((app) => {
    app.action('again', async ({ ack, body, respond }) => {
      await ack();
      if ('message' in body) return;
      await respond({ text: 'replaced', replace_original: true });
    });
    app.action('more', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const message = { channel: 'C0INCIDENTS', user: 'U0ADA', text: 'only you', blocks };
  const { message_ts } = await client(workspace).chat.postEphemeral(message);
  const container = { type: 'message' as const, channel: 'C0INCIDENTS', ts: String(message_ts) };
  const request = { user: 'ada', container, block_id: 'next' };

  await expect(workspace.act({ ...request, user: 'ben', action_id: 'again' })).rejects.toThrow(
    'message_not_found',
  );
  await workspace.act({ ...request, action_id: 'more', selected_option: 'logs' });
  await workspace.until(() => workspace.ephemerals('ada').length === 0);
  expect(workspace.frames[0]?.payload).toMatchObject({ container: { is_ephemeral: true } });

  const again = await client(workspace).chat.postEphemeral(message);
  const second = { ...container, ts: String(again.message_ts) };
  await workspace.act({ ...request, container: second, action_id: 'again' });
  await workspace.until(() => workspace.ephemerals('ada')[0]?.text === 'replaced');
  expect(workspace.messages('incidents')).toEqual([]);
});

test('a message shortcut carries the message, and a global one only the person', async () => {
  const { workspace } = await start((app) => {
    app.shortcut('diagnose_message', async ({ ack, shortcut, client: web }) => {
      await ack();
      if (shortcut.type !== 'message_action') return;
      const { channel, message } = shortcut;
      await web.chat.postMessage({
        channel: channel.id,
        thread_ts: message.ts,
        text: `read: ${message.text}`,
      });
    });
    app.shortcut('diagnose', async ({ ack }) => ack());
  });
  const { ts = '' } = workspace.say({ user: 'ben', channel: 'incidents', text: 'exit code 137' });

  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose_message', channel: 'incidents', ts });
  await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' });
  await workspace.until(() => workspace.thread('incidents', ts).length === 2);

  expect(workspace.thread('incidents', ts)).toMatchObject([
    { text: 'exit code 137', reply_count: 1 },
    { text: 'read: exit code 137', thread_ts: ts },
  ]);
  expect(workspace.frames.map((frame) => frame.payload)).toMatchObject([
    { type: 'message_action', callback_id: 'diagnose_message', message_ts: ts, user: { id: 'U0ADA' } },
    { type: 'shortcut', callback_id: 'diagnose', user: { id: 'U0ADA' } },
  ]);
  expect(workspace.frames[1]?.payload).not.toHaveProperty('channel');
});

test('a button that nobody answers fails for the person who pressed it', async () => {
  const { workspace } = await start(() => undefined);
  const container = await posted(workspace);
  const outcome = workspace.act({ user: 'ada', container, block_id: 'next', action_id: 'again' });
  await workspace.until(() => workspace.frames.length === 1);
  workspace.advance(3000);
  expect(await outcome).toEqual({ ok: false, error: 'operation_timeout' });
  expect(workspace.failures('ada')).toMatchObject([
    { text: 'Run again failed with the error "operation_timeout"' },
  ]);
});
