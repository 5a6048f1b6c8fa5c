import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { type SlackWorkspace, startSlackWorkspace, type WorkspaceOptions } from '#sandbox/slack/workspace.ts';
import { appManifest } from './app-manifest.ts';

/** A logger that says nothing. */
export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export type Register = (app: App) => void;

const running: (() => Promise<unknown>)[] = [];

/** Ends everything that was started here. For afterEach. */
export async function stopAll(): Promise<void> {
  for (const stop of running.splice(0).reverse()) await stop();
}

/** Adds something to end. */
export function alsoStop(stop: () => Promise<unknown>): void {
  running.push(stop);
}

/** The test app's manifest with further bot scopes and events. */
export function manifestWith(more: {
  scopes?: string[];
  events?: string[];
  home?: boolean;
  socketMode?: boolean;
}) {
  const copy = structuredClone(appManifest);
  copy.oauth_config.scopes.bot.push(...(more.scopes ?? []));
  copy.settings.event_subscriptions.bot_events.push(...(more.events ?? []));
  copy.settings.socket_mode_enabled = more.socketMode ?? true;
  copy.features.app_home.home_tab_enabled = more.home ?? false;
  return copy;
}

/** A workspace alone, with the test app unless told otherwise. */
export async function startWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<SlackWorkspace> {
  const workspace = await startSlackWorkspace({ manifest: appManifest, ...options });
  running.push(workspace.stop);
  return workspace;
}

/** A Bolt app in Socket Mode, made the way a real one is: only the API's address differs. */
export async function startApp(workspace: SlackWorkspace, register: Register): Promise<App> {
  const api = { slackApiUrl: workspace.apiUrl, timeout: 10_000 };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: silent,
    // Also the wait before a reconnect, which no test should sit through.
    clientPingTimeout: 300,
    installerOptions: { clientOptions: { ...api } },
  });
  const app = new App({
    token: workspace.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    extendedErrorHandler: true,
    deferInitialization: true,
    clientOptions: { ...api, retryConfig: { retries: 1, factor: 2, minTimeout: 10, maxTimeout: 50 } },
  });
  register(app);
  await app.init();
  await app.start();
  running.push(() => app.stop());
  return app;
}

/** A workspace and an app in it. */
export async function start(register: Register, options: Partial<WorkspaceOptions> = {}) {
  const workspace = await startWorkspace(options);
  return { workspace, app: await startApp(workspace, register) };
}

/** A WebClient that fails at once instead of trying again. */
export function client(workspace: SlackWorkspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

/** The error and detail of a call that Slack refuses. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => new Error('the call was accepted'),
    (reason: unknown) => reason,
  );
  if (error instanceof WebAPIPlatformError) return { ...error.data };
  throw error;
}
