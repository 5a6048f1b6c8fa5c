import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { alsoStop, client, start, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

async function send(workspace: SlackWorkspace, name: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${workspace.url}/sim/${name}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return response.json();
}

async function state(workspace: SlackWorkspace): Promise<Record<string, unknown>> {
  return (await (await fetch(`${workspace.url}/sim/state`)).json()) as Record<string, unknown>;
}

test('the state holds what the page draws', async () => {
  const { workspace } = await start(() => undefined);
  const web = client(workspace);
  await web.chat.postMessage({ channel: 'C0INCIDENTS', text: 'for all' });
  await web.chat.postEphemeral({ channel: 'C0INCIDENTS', user: 'U0ADA', text: 'for Ada' });
  expect(await state(workspace)).toMatchObject({
    team: { name: 'Sandbox' },
    app: {
      name: 'ECS Sleuth',
      botUserId: 'U0SLEUTH',
      commands: [{ command: '/ecs' }],
      shortcuts: [
        { type: 'message', callback_id: 'diagnose_message' },
        { type: 'global', callback_id: 'diagnose' },
      ],
    },
    users: [{ id: 'U0ADA' }, { id: 'U0BEN' }, { id: 'U0SLEUTH', is_bot: true }],
    groups: [{ handle: 'oncall', users: ['U0ADA'] }],
    channels: [{ name: 'incidents' }, { name: 'general' }, { name: 'checkout-team' }],
    messages: [{ channel: 'C0INCIDENTS', text: 'for all' }],
    ephemerals: [{ to: 'U0ADA', text: 'for Ada' }],
    views: [],
    homes: {},
    connected: true,
  });
});

test('changes arrive as server-sent events', async () => {
  const workspace = await startWorkspace();
  const abort = new AbortController();
  const response = await fetch(`${workspace.url}/sim/events`, { signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await send(workspace, 'message', { user: 'U0ADA', channel: 'C0INCIDENTS', text: 'hello' });
  let received = '';
  while (!received.includes('hello')) received += (await reader?.read())?.value ?? '';
  const line = received.split('\n').find((one) => one.startsWith('data: ')) ?? '';
  expect(JSON.parse(line.slice('data: '.length))).toMatchObject({
    type: 'message',
    message: { user: 'U0ADA', channel: 'C0INCIDENTS', text: 'hello' },
  });
  abort.abort();
});

test('a command, a button and a modal go through the same addresses that the page uses', async () => {
  const { workspace } = await start((app) => {
    app.command('/ecs', async ({ ack, client: web, command }) => {
      await ack();
      await web.chat.postMessage({
        channel: command.channel_id,
        text: 'api',
        blocks: [
          {
            type: 'actions',
            block_id: 'next',
            elements: [{ type: 'button', action_id: 'ask', text: { type: 'plain_text', text: 'Ask' } }],
          },
        ],
      });
    });
    app.action('ask', async ({ ack, body, client: web }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await web.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'Ask' },
          submit: { type: 'plain_text', text: 'Run' },
          blocks: [
            {
              type: 'input',
              block_id: 'service',
              label: { type: 'plain_text', text: 'Service' },
              element: { type: 'plain_text_input', action_id: 'name' },
            },
          ],
        },
      });
    });
    app.view('form', async ({ ack, view }) => {
      const name = view.state.values.service?.name?.value;
      if (name === 'api') await ack();
      else await ack({ response_action: 'errors', errors: { service: `No service ${name}.` } });
    });
  });
  const user = 'U0ADA';
  const channel = 'C0INCIDENTS';
  expect(
    await send(workspace, 'command', { user, channel, command: '/ecs', text: 'status api prod' }),
  ).toEqual({ ok: true });
  const message = await workspace.until(() => workspace.messages(channel)[0]);
  const container = { type: 'message', channel, ts: message.ts };
  expect(await send(workspace, 'action', { user, container, block_id: 'next', action_id: 'ask' })).toEqual({
    ok: true,
  });
  const view = await workspace.until(() => workspace.views(user)[0]);
  const submit = (value: string) => {
    const values = { service: { name: { type: 'plain_text_input', value } } };
    return send(workspace, 'submit', { user, view_id: view.id, values });
  };
  expect(await submit('apj')).toEqual({
    ok: true,
    response_action: 'errors',
    errors: { service: 'No service apj.' },
  });
  expect(await submit('api')).toEqual({ ok: true });
  expect((await state(workspace)).views).toEqual([]);
});

test('what makes no sense is answered with a reason', async () => {
  const workspace = await startWorkspace();
  expect(await send(workspace, 'command', { user: 'U0ADA' })).toMatchObject({
    ok: false,
    error: expect.stringContaining('channel'),
  });
  expect(await send(workspace, 'close', { user: 'U0ADA', view_id: 'V0' })).toEqual({
    ok: false,
    error: 'view_not_found',
  });
  expect(await send(workspace, 'mode', { weather: 'rain' })).toMatchObject({ ok: false });
  expect(workspace.unexpected).toEqual([]);
  expect(await send(workspace, 'nothing', {})).toEqual({ ok: false, error: 'not_found' });
  expect(workspace.unexpected).toEqual([{ code: 'unknown_path', message: 'POST /sim/nothing' }]);
});

test("the page's files are served, and nothing outside their folder", async () => {
  const pageDirectory = await mkdtemp(join(tmpdir(), 'page-'));
  alsoStop(() => rm(pageDirectory, { recursive: true }));
  await writeFile(join(pageDirectory, 'index.html'), '<title>Sandbox</title>');
  const workspace = await startWorkspace({ pageDirectory });
  const index = await fetch(workspace.url);
  expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await index.text()).toBe('<title>Sandbox</title>');
  expect((await fetch(`${workspace.url}/..%2f..%2f..%2f..%2fetc%2fhostname.json`)).status).toBe(404);
});
