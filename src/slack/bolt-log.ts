import { format } from 'node:util';
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Bolt's logger, written to ours: one format, one place where secrets are removed. */
export function boltLog(log: Logger): BoltLogger {
  const child = log.child({ part: 'bolt' });
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...words: unknown[]) => {
      const err = words.find((word) => word instanceof Error);
      const said = format(...words.filter((word) => word !== err));
      child[level]({ said, ...(err === undefined ? {} : { err }) }, 'Bolt says');
    };
  return {
    debug: write('debug'),
    // Bolt tells of every connection and every start; that is no news to whoever runs a bot.
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    // At DEBUG Bolt writes whole payloads, people's words among them.
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
