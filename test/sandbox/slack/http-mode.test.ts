import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { signature } from '#sandbox/slack/delivery/http-mode.ts';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { alsoStop, manifestWith, silent, startWorkspace, stopAll } from './harness.ts';

afterEach(stopAll);

const command = { user: 'ada', channel: 'incidents', command: '/ecs', text: 'help' };

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

  /** An app that passes the check of its address and refuses everything after. */
  async function refusing(workspace: SlackWorkspace, headers: Record<string, string> = {}) {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const { challenge } = body.startsWith('{') ? JSON.parse(body) : {};
      if (!challenge) seen.push(request.headers);
      response.writeHead(challenge ? 200 : 503, headers).end(challenge ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    alsoStop(async () => server.close());
    await workspace.useRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return seen;
  }

  test('fails a command that the app answers with another status than 200', async () => {
    const workspace = await startWorkspace();
    await refusing(workspace);
    expect(await workspace.command(command)).toEqual({ ok: false, error: 'dispatch_failed' });
  });

  test('tries a refused event again with headers that say so', async () => {
    const workspace = await startWorkspace();
    const seen = await refusing(workspace);
    await workspace.event({ type: 'app_mention' });
    workspace.advance(1);
    await workspace.until(() => workspace.frames.length === 2);
    await workspace.event({ type: 'app_mention' });
    expect(seen.map((headers) => headers['x-slack-retry-num'])).toContain('1');
    expect(seen.map((headers) => headers['x-slack-retry-reason'])).toContain('http_error');
  });

  test('leaves a refused event alone when the app asks for that', async () => {
    const workspace = await startWorkspace();
    const seen = await refusing(workspace, { 'x-slack-no-retry': '1' });
    await workspace.event({ type: 'app_mention' });
    workspace.advance(600_000);
    await workspace.event({ type: 'app_mention' });
    expect(seen).toHaveLength(2);
  });

  test('signs with the documented example', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signature('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
});
