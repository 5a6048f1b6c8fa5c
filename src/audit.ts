import type { Logger } from 'pino';

/** One use of the bot: who asked what about which environment, and what came of it. */
export interface AuditEntry {
  /** Slack's id of the person. */
  user: string;
  team?: string | undefined;
  channel?: string | undefined;
  /** By which door: a command, a button, a mention. */
  entry: string;
  command?: string | undefined;
  environment?: string | undefined;
  service?: string | undefined;
  /** Where it is said to be, as far as the request itself says so. */
  region?: string | undefined;
  cluster?: string | undefined;
  /** Task id. */
  task?: string | undefined;
  outcome: string;
  /** What was found, or why it was refused. */
  detail?: string | undefined;
  /** Calls made to AWS. */
  calls?: number | undefined;
  /** Milliseconds from the request to the answer. */
  ms?: number | undefined;
}

/** Writes one line per use, whatever the log's level: an audit with gaps is none. */
export function createAudit(log: Logger): (entry: AuditEntry) => void {
  const audit = log.child({ audit: true }, { level: 'info' });
  return (entry) => audit.info(entry, 'Used');
}
