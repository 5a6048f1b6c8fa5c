import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { signature } from '#sandbox/slack/delivery/http-mode.ts';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import {
  alsoStop,
  client,
  manifestWith,
  silent,
  start,
  startApp,
  startWorkspace,
  stopAll,
} from './harness.ts';

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

describe('HTTP mode', () => {
  async function startHttpApp(workspace: SlackWorkspace) {
    const receiver = new HTTPReceiver({ signingSecret: workspace.signingSecret, port: 0, logger: silent });
    const app = new App({
      token: workspace.botToken,
      receiver,
      logLevel: LogLevel.ERROR,
      logger: silent,
      convoStore: false,
      clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
    });
    app.command('/ecs', async ({ ack }) => ack('signed'));
    app.shortcut('diagnose', async ({ ack }) => ack());
    app.event('app_mention', async () => undefined);
    const server = (await app.start(0)) as Server;
    alsoStop(() => app.stop());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  }

  test('delivers commands, interactions and events as signed requests', async () => {
    const workspace = await startWorkspace({ manifest: manifestWith({ socketMode: false }) });
    await workspace.useRequestUrl(await startHttpApp(workspace));
    expect(await workspace.command(command)).toEqual({ ok: true });
    expect(await workspace.shortcut({ user: 'ada', callback_id: 'diagnose' })).toEqual({ ok: true });
    workspace.say({ user: 'ada', channel: 'incidents', text: '<@U0SLEUTH> help' });
    await workspace.until(
      () => workspace.frames.at(-1)?.type === 'events_api' && workspace.frames.at(-1)?.ackedAt,
    );
    expect(workspace.ephemerals('ada')).toMatchObject([{ text: 'signed' }]);
    expect(workspace.frames.map((frame) => frame.connection)).toEqual(['http', 'http', 'http']);
  });

  test('fails a command that the app answers with another status than 200', async () => {
    const workspace = await startWorkspace();
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        const challenge = body.startsWith('{') ? JSON.parse(body).challenge : undefined;
        response.writeHead(challenge ? 200 : 503).end(challenge ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    alsoStop(async () => server.close());
    await workspace.useRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await workspace.command(command)).toEqual({ ok: false, error: 'dispatch_failed' });
  });

  test('signs with the documented example', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signature('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
});
