import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type Receiver, SocketModeReceiver, type SocketModeReceiverOptions } from '@slack/bolt';
import type { Logger } from 'pino';
import { slackErrorCode } from './slack-error.ts';

/** Slack's socket, with the state of it for the health check. */
export interface Link extends Receiver {
  /** True while Slack can reach the bot. */
  connected(): boolean;
}

export interface LinkOptions {
  /** The options of each connection, made anew for each: Bolt's client writes into them. */
  options(): SocketModeReceiverOptions;
  log: Logger;
  /** Slack does not accept the app token any more: nothing will come through. */
  refused(error: unknown): void;
}

/** Waits between attempts to connect, milliseconds; the last one repeats. */
const waits = [0, 250, 500, 1_000, 2_000, 5_000, 10_000];

/** An attempt that says nothing for so long is given up, milliseconds. */
const attemptMs = 15_000;

/** Attempts before a start is given up: whoever started it wants to know. */
const startAttempts = 4;

/** Errors of apps.connections.open that no further attempt will change. */
const final = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
]);

/**
 * Socket Mode without the pause that socket-mode 3.1.0 makes: it waits five seconds before it connects again, every
 * time Slack renews a connection, and Slack answers people with an error meanwhile. Here each connection is a
 * receiver of its own, and the next one is opened as soon as Slack announces the end of the last. It also survives
 * what that version does not: an error while reconnecting is an unhandled rejection there.
 */
export function createLink({ options, log, refused }: LinkOptions): Link {
  let app: App | undefined;
  let current: SocketModeReceiver | undefined;
  let isConnected = false;
  let stopped = false;
  let renewing: Promise<void> | undefined;

  async function connect(): Promise<void> {
    const receiver = new SocketModeReceiver({ ...options(), autoReconnectEnabled: false });
    if (app !== undefined) receiver.init(app);
    let open = false;
    const over = () => {
      if (current !== receiver || stopped) return;
      isConnected = false;
      void renew();
    };
    receiver.client.on('error', (error: unknown) =>
      log.warn({ err: error }, 'The connection to Slack has a fault'),
    );
    receiver.client.on('ws_message', (data: unknown) => {
      if (open && isDisconnect(data)) over();
    });
    receiver.client.on('disconnected', () => {
      if (open) over();
    });
    try {
      await withinTime(receiver.start());
    } catch (error) {
      receiver.client.disconnect().catch(() => undefined);
      throw error;
    }
    open = true;
    current = receiver;
    isConnected = true;
    if (stopped) await receiver.stop();
  }

  /** Connects again, for as long as it takes. */
  function renew(): Promise<void> {
    renewing ??= (async () => {
      for (let attempt = 0; !stopped; attempt += 1) {
        await sleep(waits[Math.min(attempt, waits.length - 1)], undefined, { ref: false });
        if (stopped) return;
        try {
          await connect();
          log.info({ attempt }, 'Connected to Slack again');
          return;
        } catch (error) {
          log.warn({ err: error, attempt }, 'Connecting to Slack failed');
          if (final.has(slackErrorCode(error) ?? '')) return refused(error);
        }
      }
    })().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    connected: () => isConnected,
    init(given) {
      app = given;
    },
    async start() {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await connect();
        } catch (error) {
          if (final.has(slackErrorCode(error) ?? '') || attempt === startAttempts - 1) throw error;
          log.warn({ err: error, attempt }, 'Connecting to Slack failed');
          await sleep(waits[attempt + 1]);
        }
      }
    },
    async stop() {
      stopped = true;
      isConnected = false;
      await current?.stop();
    },
  };
}

async function withinTime(started: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Slack did not open a connection in time')), attemptMs);
  });
  try {
    await Promise.race([started, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Slack's word that it is about to close the connection. */
function isDisconnect(data: unknown): boolean {
  return typeof data === 'string' && /^\s*\{[^{}]*"type"\s*:\s*"disconnect"/.test(data);
}
