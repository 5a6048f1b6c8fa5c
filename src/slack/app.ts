import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, type Receiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { register as registerActions } from './action.ts';
import { boltLog } from './bolt-log.ts';
import { register as registerCommands } from './command.ts';
import type { Bot, SlackDeps } from './deps.ts';
import { createFixReports } from './fix-reports.ts';
import { answerHealth } from './health.ts';
import { createLink } from './link.ts';
import { type ListenerFailure, listenerFailed } from './listener-failed.ts';
import { register as registerLogFilter } from './log-filter.ts';
import { register as registerMentions } from './mention.ts';
import { createOnce } from './once.ts';
import { register as registerOptions } from './options.ts';
import { createPeople, type Identity } from './people.ts';
import { createPoster } from './post.ts';
import { createServiceLists } from './service-lists.ts';
import { register as registerShortcuts } from './shortcut.ts';
import { createThreads } from './thread.ts';
import { createUnfinished } from './unfinished.ts';
import { register as registerViews } from './view.ts';
import { createWork } from './work.ts';

/** How the bot reaches Slack. */
export interface SlackSettings {
  botToken: string;
  /** Socket Mode; without it Slack calls the bot over HTTP. */
  appToken?: string | undefined;
  /** For HTTP. */
  signingSecret?: string | undefined;
  port?: number | undefined;
  /** Another Slack than slack.com, for tests and the demo. */
  apiUrl?: string | undefined;
}

export interface SlackApp {
  app: App;
  bot: Bot;
  /** Learns who the bot is, and connects. @throws a WebAPIPlatformError such as invalid_auth */
  start(): Promise<void>;
  /**
   * Takes nothing more, finishes what is in work for up to `ms` milliseconds, and closes. Queries are ended at once,
   * since they would outlive the process, and so is what is followed, for up to two seconds; what is left is said to be
   * cut off, for up to two seconds more.
   */
  stop(ms: number): Promise<void>;
  /** True while Slack can reach the bot. */
  healthy(): boolean;
}

/** Why the bot could not start, and which setting that is about. */
export class StartFailure extends Error {
  override name = 'StartFailure';
  readonly key: string;
  constructor(key: string, cause: unknown) {
    super(`The bot could not start, by ${key}`, { cause });
    this.key = key;
  }
}

/** Questions in work at the same time, and waiting beyond that. */
const inWork = { concurrency: 200, waiting: 800 };

/** To say in the messages of what is cut off that it is, milliseconds. */
const cutOffMs = 2_000;

/** A double click is one click; a press after that is a new question. Milliseconds. */
const clickMs = 5_000;

/** Slack delivers an event again up to some five minutes later. Milliseconds. */
const deliveryMs = 15 * 60_000;

/**
 * Puts the bot together, without any effect yet.
 * @param refused told when Slack stops accepting the app token of a running bot
 */
export function createApp(
  settings: SlackSettings,
  deps: SlackDeps,
  refused: (error: unknown) => void,
): SlackApp {
  const { log } = deps;
  const logger = boltLog(log);
  // Bolt writes into the options it gets: each taker has a copy of its own. Never `headers`: they would go out in
  // place of the app token.
  const api = (): WebClientOptions => ({
    timeout: 10_000,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  });

  let identity: Identity | undefined;
  const known = (): Identity => {
    if (identity === undefined) throw new Error('The bot does not know yet who it is');
    return identity;
  };

  const link =
    settings.appToken === undefined
      ? undefined
      : createLink({
          log,
          refused,
          options: () => ({
            appToken: settings.appToken ?? '',
            logger,
            // The link itself tries again, and knows when there is no sense in it.
            installerOptions: {
              clientOptions: { ...api(), logger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
            },
          }),
        });
  const healthy = () => identity !== undefined && (link?.connected() ?? true);
  const receiver: Receiver = link ?? httpReceiver(settings, logger, healthy);

  // By itself a client stops all its calls for as long as Slack wants one method to rest.
  const clientOptions = (): WebClientOptions => ({
    ...api(),
    retryConfig: { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3_000 },
    rejectRateLimitedCalls: true,
  });

  const app = new App({
    receiver,
    logger,
    convoStore: false,
    extendedErrorHandler: true,
    deferInitialization: true,
    // One call of auth.test at the start says who the bot is; asking again for each event would be a call each.
    authorize: async () => ({ botToken: settings.botToken, ...forBolt(known()) }),
    clientOptions: clientOptions(),
  });

  const poster = createPoster({ log });
  const bot: Bot = {
    deps,
    log,
    client: new WebClient(settings.botToken, { ...clientOptions(), logger }),
    identity: known,
    people: createPeople({ identity: known, log }),
    poster,
    threads: createThreads({ log, identity: known }),
    services: createServiceLists({ list: deps.listServices, log }),
    work: createWork({ ...inWork, failed: (error) => log.error({ err: error }, 'Work failed') }),
    follows: new Map(),
    unfinished: createUnfinished({ poster, log }),
    endings: new Set(),
    ending: new AbortController(),
    fixes: createFixReports(() => deps.now().getTime()),
    clicks: createOnce({ ttlMs: clickMs, max: 10_000 }),
    deliveries: createOnce({ ttlMs: deliveryMs, max: 20_000 }),
  };
  for (const register of [
    registerCommands,
    registerMentions,
    registerActions,
    registerShortcuts,
    registerViews,
    registerLogFilter,
    registerOptions,
  ]) {
    register(app, bot);
  }

  app.error((failed: ListenerFailure) => listenerFailed(bot, failed));

  return {
    app,
    bot,
    async start() {
      const test = await bot.client.auth.test().catch((error: unknown) => {
        throw new StartFailure('SLACK_BOT_TOKEN', error);
      });
      const {
        bot_id: botId = '',
        user_id: botUserId = '',
        user: name = 'ecs-sleuth',
        team_id: team = '',
      } = test;
      identity = {
        botId,
        botUserId,
        name,
        team,
        ...(test.enterprise_id ? { enterprise: test.enterprise_id } : {}),
      };
      await app.init();
      await (link === undefined ? app.start(settings.port ?? 3_000) : app.start()).catch((error: unknown) => {
        throw new StartFailure(link === undefined ? 'PORT' : 'SLACK_APP_TOKEN', error);
      });
      for (const group of deps.groups) bot.people.membersOf(bot.client, group).catch(() => undefined);
      for (const environment of deps.environments) bot.services.warm(environment);
    },
    async stop(ms) {
      await app.stop();
      bot.ending.abort('the bot was restarted');
      for (const following of bot.follows.values()) following.abort();
      await within(cutOffMs, Promise.allSettled(bot.endings));
      const done = await bot.work.idle(ms);
      bot.work.close();
      // Of what was answered meanwhile and was to be followed.
      await within(cutOffMs, Promise.allSettled(bot.endings));
      if (done) return;
      log.warn({ inWork: bot.work.size() }, 'Stopped with questions in work');
      await bot.unfinished.cutOff(cutOffMs);
    },
    healthy,
  };
}

/** Waits for something that may hang, for so many milliseconds. */
async function within(ms: number, done: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const late = sleep(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([done, late]);
  waiting.abort();
}

function httpReceiver(
  settings: SlackSettings,
  logger: ReturnType<typeof boltLog>,
  healthy: () => boolean,
): Receiver {
  return new HTTPReceiver({
    signingSecret: settings.signingSecret ?? '',
    port: settings.port ?? 3_000,
    logger,
    customRoutes: [
      {
        path: '/healthz',
        method: ['GET'],
        handler: (_request, response) => answerHealth(response, healthy()),
      },
    ],
  });
}

/** For an organisation-wide installation the workspace differs from call to call. */
function forBolt({ botId, botUserId, team, enterprise }: Identity) {
  return {
    botId,
    botUserId,
    ...(enterprise === undefined ? { teamId: team } : { enterpriseId: enterprise }),
  };
}
