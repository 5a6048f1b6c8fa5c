import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which a secret can turn up in what is logged: ours, Slack's and AWS's. */
const secretNames = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'client_secret',
  'authorization',
  'Authorization',
  'cookie',
  'password',
  'externalId',
  'ExternalId',
  'secretAccessKey',
  'SecretAccessKey',
  'sessionToken',
  'SessionToken',
  '["x-slack-signature"]',
  '["x-amz-security-token"]',
  // Whoever has these can write into the conversation, or open a window in somebody's Slack.
  'response_url',
  'responseUrl',
  'trigger_id',
  'triggerId',
];
/** Objects are logged at the top, as an error's or a request's parts, and as those parts' own. */
const depths = ['', '*.', '*.*.', '*.*.*.'];

/** The program's log: JSON lines, constant messages with metadata, secrets out of it. */
export function createLog(options: { level?: string; destination?: NodeJS.WritableStream } = {}): Logger {
  const { level = process.env.LOG_LEVEL?.toLowerCase() || 'info', destination = process.stdout } = options;
  return pino(
    {
      level: level in pino.levels.values || level === 'silent' ? level : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.errWithCause },
      redact: {
        paths: depths.flatMap((depth) => secretNames.map((name) => pathOf(depth, name))),
        censor: '[redacted]',
      },
    },
    destination satisfies DestinationStream,
  );
}

function pathOf(depth: string, name: string): string {
  return name.startsWith('[') ? `${depth.slice(0, -1)}${name}` : `${depth}${name}`;
}
