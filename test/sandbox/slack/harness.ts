import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type SlackWorkspace, startSlackWorkspace, type WorkspaceOptions } from '#sandbox/slack/workspace.ts';
import manifest from '../../../manifest.json' with { type: 'json' };

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export interface Running {
  workspace: SlackWorkspace;
  app: App;
}

/** The project's manifest with further bot scopes and events. */
export function manifestWith(more: {
  scopes?: string[];
  events?: string[];
  home?: boolean;
  socketMode?: boolean;
}) {
  const copy = structuredClone(manifest);
  copy.oauth_config.scopes.bot.push(...(more.scopes ?? []));
  copy.settings.event_subscriptions.bot_events.push(...(more.events ?? []));
  copy.settings.socket_mode_enabled = more.socketMode ?? true;
  return { ...copy, features: { ...copy.features, app_home: { home_tab_enabled: more.home ?? false } } };
}

export function startWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<SlackWorkspace> {
  return startSlackWorkspace({ manifest, ...options });
}

/** A Bolt app in Socket Mode, made the way a real one is: only the API's address differs. */
export async function startApp(
  workspace: SlackWorkspace,
  register: (app: App) => void = () => undefined,
): Promise<App> {
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
  return app;
}

/** Starts both; `stop` ends both. */
export async function start(register: (app: App) => void, options: Partial<WorkspaceOptions> = {}) {
  const workspace = await startWorkspace(options);
  const app = await startApp(workspace, register);
  return {
    workspace,
    app,
    async stop() {
      await app.stop();
      await workspace.stop();
    },
  };
}
