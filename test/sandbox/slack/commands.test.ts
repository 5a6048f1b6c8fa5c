import { afterEach, describe, expect, test } from 'vitest';
import { type Register, start, stopAll } from './harness.ts';

afterEach(stopAll);

const command = { user: 'ada', channel: 'incidents', command: '/ecs', text: 'why-stopped api prod' };

test('a slash command is acknowledged, answered in the channel and edited in place', async () => {
  const { workspace } = await start((app) => {
    app.command('/ecs', async ({ ack, command: { channel_id: channel, text }, client }) => {
      await ack();
      const posted = await client.chat.postMessage({ channel, text: `Looking at ${text}` });
      await client.chat.update({ channel, ts: String(posted.ts), text: 'api in prod: out of memory' });
    });
  });

  const outcome = await workspace.command(command);
  const message = await workspace.until(() => workspace.messages('incidents').find((one) => one.edited));

  expect(outcome).toEqual({ ok: true });
  expect(message).toMatchObject({
    text: 'api in prod: out of memory',
    username: 'ECS Sleuth',
    user: workspace.bot.userId,
  });
  expect(workspace.calls.map((call) => call.method)).toEqual([
    'auth.test',
    'apps.connections.open',
    'chat.postMessage',
    'chat.update',
  ]);
  expect(workspace.frames).toMatchObject([
    { type: 'slash_commands', response: {}, latencyMs: expect.any(Number) },
  ]);
  expect(workspace.unexpected).toEqual([]);
});

test('a slash command carries the fields that Slack sends, all of them strings', async () => {
  const { workspace } = await start((app) => {
    app.command('/ecs', async ({ ack }) => ack());
  });
  await workspace.command(command);
  expect(workspace.frames[0]?.payload).toEqual({
    token: expect.any(String),
    team_id: 'T0SANDBOX',
    team_domain: 'sandbox',
    channel_id: 'C0INCIDENTS',
    channel_name: 'incidents',
    user_id: 'U0ADA',
    user_name: 'ada',
    command: '/ecs',
    text: 'why-stopped api prod',
    api_app_id: 'A0SLEUTH',
    is_enterprise_install: 'false',
    response_url: expect.stringContaining('/response/'),
    trigger_id: expect.any(String),
  });
});

describe('the message of an ack', () => {
  const acking =
    (response: object | string): Register =>
    (app) => {
      app.command('/ecs', async ({ ack }) => ack(response as string));
    };

  test('is shown to the asker alone by default', async () => {
    const { workspace } = await start(acking('On it'));
    await workspace.command(command);
    expect(workspace.ephemerals('ada')).toMatchObject([{ text: 'On it', channel: 'C0INCIDENTS' }]);
    expect(workspace.ephemerals('ben')).toEqual([]);
    expect(workspace.messages('incidents')).toEqual([]);
  });

  test('is posted below the command when it is for the channel', async () => {
    const { workspace } = await start(acking({ response_type: 'in_channel', text: 'On it' }));
    await workspace.command(command);
    expect(workspace.messages('incidents')).toMatchObject([
      { user: 'U0ADA', text: '/ecs why-stopped api prod' },
      { user: workspace.bot.userId, text: 'On it' },
    ]);
  });

  test('is unexpected when Slack would drop it', async () => {
    const { workspace } = await start(acking({ text: 'x', blocks: [{ type: 'table', rows: [] }] }));
    await workspace.command(command);
    expect(workspace.unexpected).toMatchObject([{ code: 'invalid_ack', message: '/ecs' }]);
    expect(workspace.ephemerals('ada')).toEqual([]);
  });
});

test('a command in a thread is refused as Slack refuses it and never reaches the app', async () => {
  const { workspace } = await start(() => undefined);
  const { ts = '' } = workspace.say({ user: 'ada', channel: 'incidents', text: 'api is down' });
  const text = '/ecs is not supported in threads. Sorry!';
  expect(await workspace.command({ ...command, thread_ts: ts })).toEqual({ ok: false, error: text });
  expect(workspace.failures('ada')).toEqual([{ user: 'U0ADA', channel: 'C0INCIDENTS', text, thread_ts: ts }]);
  expect(workspace.frames).toEqual([]);
});

test('a command that no manifest names is refused', async () => {
  const { workspace } = await start(() => undefined);
  expect(await workspace.command({ ...command, command: '/eks' })).toEqual({
    ok: false,
    error: expect.stringMatching(/^\/eks is not a valid command\./),
  });
});

test('a command without an ack in time fails for the asker', async () => {
  const { workspace } = await start(() => undefined);
  const outcome = workspace.command(command);
  await workspace.until(() => workspace.frames.length === 1);
  workspace.advance(3000);
  expect(await outcome).toEqual({ ok: false, error: 'operation_timeout' });
  expect(workspace.failures('ada').map((failure) => failure.text)).toEqual([
    '/ecs failed with the error "operation_timeout"',
  ]);
  expect(workspace.frames).toMatchObject([{ timedOut: true }]);
});

test('an ack that comes too late is kept with its latency but changes nothing', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { workspace } = await start((app) => {
    app.command('/ecs', async ({ ack }) => {
      await held;
      await ack('too late');
    });
  });
  const outcome = workspace.command(command);
  await workspace.until(() => workspace.frames.length === 1);
  workspace.advance(3000);
  await outcome;
  release();
  await workspace.until(() => workspace.frames[0]?.ackedAt);
  expect(workspace.frames).toMatchObject([{ timedOut: true, response: { text: 'too late' } }]);
  expect(workspace.ephemerals('ada')).toEqual([]);
});

test('an ack later than a second is warned of', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { workspace } = await start((app) => {
    app.command('/ecs', async ({ ack }) => {
      await held;
      await ack();
    });
  });
  const outcome = workspace.command(command);
  await workspace.until(() => workspace.frames.length === 1);
  workspace.advance(1500);
  release();
  expect(await outcome).toEqual({ ok: true });
  expect(workspace.warnings).toMatchObject([{ code: 'slow_ack' }]);
});

test('a command without any connection fails at once', async () => {
  const { workspace, app } = await start(() => undefined);
  await app.stop();
  await workspace.until(() => !workspace.isConnected());
  expect(await workspace.command(command)).toEqual({ ok: false, error: 'dispatch_failed' });
});
