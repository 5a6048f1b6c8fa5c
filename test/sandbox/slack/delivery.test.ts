import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { client, start, startApp, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const command = { user: 'ada', channel: 'incidents', command: '/ecs', text: 'help' };

describe('Socket Mode', () => {
  test('takes a ticket once', async () => {
    const workspace = await startWorkspace();
    const { url } = await client(workspace, workspace.appToken).apps.connections.open({});
    const socket = new WebSocket(String(url));
    const hello = await new Promise((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse(String(data)))),
    );
    expect(hello).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0SLEUTH' },
    });
    const again = new WebSocket(String(url));
    const error = await new Promise<Error>((resolve) => again.once('error', resolve));
    expect(error.message).toContain('401');
    socket.terminate();
  });

  test('asks an app to reconnect, which it does without losing what comes after', async () => {
    const { workspace } = await start((app) => app.command('/ecs', async ({ ack }) => ack()));
    const [first] = workspace.connections();
    workspace.disconnect('refresh_requested');
    expect(workspace.isConnected()).toBe(false);
    await workspace.until(() => workspace.isConnected());
    expect(workspace.connections()).not.toContain(first);
    expect(await workspace.command(command)).toEqual({ ok: true });
  });

  test('lets an app back in after the link was down', async () => {
    const { workspace } = await start((app) => app.command('/ecs', async ({ ack }) => ack()));
    workspace.mode({ connected: false });
    await workspace.until(() => !workspace.isConnected());
    await workspace.until(
      () => workspace.calls.filter((call) => call.method === 'apps.connections.open').length === 2,
    );
    workspace.mode({ connected: true });
    await workspace.until(() => workspace.isConnected());
    expect(await workspace.command(command)).toEqual({ ok: true });
  });

  test('gives each payload to one of several connections in turn', async () => {
    const workspace = await startWorkspace();
    const heard: string[] = [];
    for (const name of ['first', 'second']) {
      await startApp(workspace, (app) => {
        app.command('/ecs', async ({ ack }) => {
          heard.push(name);
          await ack();
        });
      });
    }
    expect(workspace.connections()).toHaveLength(2);
    for (let count = 0; count < 4; count += 1) await workspace.command(command);
    expect(heard).toEqual(['first', 'second', 'first', 'second']);
  });

  test('notes an ack for nothing that was sent', async () => {
    const workspace = await startWorkspace();
    const { url } = await client(workspace, workspace.appToken).apps.connections.open({});
    const socket = new WebSocket(String(url));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ envelope_id: 'none', payload: {} }));
    await workspace.until(() => workspace.unexpected.length === 1);
    expect(workspace.unexpected).toMatchObject([{ code: 'unmatched_ack', message: 'none' }]);
    socket.terminate();
  });
});

describe('an event', () => {
  const mention = { user: 'ada', channel: 'incidents', text: '<@U0SLEUTH> why-stopped api prod' };

  test('of a mention is acknowledged and answered in the thread', async () => {
    const { workspace } = await start((app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: 'Looking', thread_ts: event.thread_ts ?? event.ts });
      });
    });
    const { ts = '' } = workspace.say(mention);
    await workspace.until(() => workspace.thread('incidents', ts).length === 2);
    expect(workspace.frames).toMatchObject([
      {
        type: 'events_api',
        response: {},
        payload: {
          type: 'event_callback',
          event: { type: 'app_mention', user: 'U0ADA', ts, channel: 'C0INCIDENTS', text: mention.text },
          authorizations: [{ team_id: 'T0SANDBOX', user_id: 'U0SLEUTH', is_bot: true }],
        },
      },
    ]);
  });

  test('in a reply carries the thread', async () => {
    const { workspace } = await start((app) => app.event('app_mention', async () => undefined));
    const { ts = '' } = workspace.say({ ...mention, text: 'api is down' });
    workspace.say({ ...mention, thread_ts: ts });
    await workspace.until(() => workspace.frames.length === 1);
    expect(workspace.frames[0]?.payload).toMatchObject({ event: { thread_ts: ts } });
  });

  test('goes only where the bot is, and the person learns so', async () => {
    const { workspace } = await start(() => undefined);
    workspace.say({ ...mention, channel: 'general' });
    expect(workspace.failures('ada')).toMatchObject([
      { text: "You mentioned @ECS Sleuth, but they're not in this channel." },
    ]);
    workspace.invite({ user: 'ada', channel: 'general' });
    workspace.say({ ...mention, channel: 'general' });
    await workspace.until(() => workspace.frames.length === 1);
  });

  test('that is not acknowledged comes again at once, after a minute and after five', async () => {
    const workspace = await startWorkspace();
    const { url } = await client(workspace, workspace.appToken).apps.connections.open({});
    const socket = new WebSocket(String(url));
    await new Promise((resolve) => socket.once('message', resolve));
    workspace.say(mention);
    // Each step: the ack limit passes, then the wait before the next try.
    for (const [tries, wait] of [0, 60_000, 300_000, 600_000].entries()) {
      await workspace.until(() => workspace.frames.length === tries + 1);
      workspace.advance(3000);
      await workspace.until(() => workspace.frames[tries]?.timedOut);
      await new Promise((resolve) => setImmediate(resolve));
      workspace.advance(wait + 1);
    }
    expect(workspace.frames.map((frame) => frame.retryAttempt)).toEqual([undefined, 1, 2, 3]);
    expect(new Set(workspace.frames.map((frame) => frame.payload.event_id)).size).toBe(1);
    socket.terminate();
  });

  test('that the manifest does not subscribe to is not sent', async () => {
    const { workspace } = await start(() => undefined);
    workspace.say({ user: 'ada', channel: 'incidents', text: 'nothing for the bot' });
    await workspace.event({ type: 'subteam_updated' });
    expect(workspace.frames).toEqual([]);
  });
});
