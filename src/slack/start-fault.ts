import type { SlackConfig } from '../config.ts';
import { StartFailure } from './app.ts';
import { slackErrorCode } from './slack-error.ts';

const wants: Record<string, string> = {
  SLACK_BOT_TOKEN: 'the bot token of an installed app, from OAuth & Permissions',
  SLACK_APP_TOKEN: 'an app-level token with the scope connections:write, from Basic Information',
};

/** Why the bot did not start, on one line: which setting, what is wrong, what is expected. */
export function startFault(error: unknown, { apiUrl }: Pick<SlackConfig, 'apiUrl'>): string {
  const cause = error instanceof StartFailure ? error.cause : error;
  const key = error instanceof StartFailure ? error.key : 'PORT';
  const taken = errno(cause) === 'EADDRINUSE' || errno(cause) === 'EACCES';
  if (taken) return `environment: PORT: cannot be listened on (${errno(cause)}); expected a free port`;
  const code = slackErrorCode(cause);
  if (code !== undefined) {
    return `environment: ${key}: Slack refuses it (${code}); expected ${wants[key] ?? 'a valid setting'}`;
  }
  const reason = cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : String(cause);
  const where = apiUrl ?? 'https://slack.com/api/';
  return `environment: SLACK_API_URL: Slack cannot be reached at ${where} (${reason}); expected an address that answers`;
}

function errno(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
