import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import { parseAccounts } from './accounts-file.ts';
import { ConfigError, type Fault, hint } from './fault.ts';

export { ConfigError };

/** Who may look at an environment: everybody in the workspace, or those for whom every given list matches. */
export type Allow = 'everyone' | { channels?: string[] | undefined; groups?: string[] | undefined };

/** One entry of the accounts file. */
export interface Environment {
  name: string;
  /** Twelve digits. */
  account: string;
  region: string;
  /** The one that the region lies in. */
  partition: string;
  /** Assumed through STS; without one the process's own credentials are used. */
  role?: string | undefined;
  externalId?: string | undefined;
  /** Names; absent: every cluster of the account and region. */
  clusters?: string[] | undefined;
  /** Always there for the bot; the command line asks nobody. */
  allow?: Allow;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

export interface Config {
  environments: Environment[];
  slack: SlackConfig;
  logLevel: LogLevel;
}

/** How the bot reaches Slack: Socket Mode with an app token, else HTTP. */
export type SlackConfig = { botToken: string; apiUrl?: string } & (
  | { appToken: string }
  | { signingSecret: string; port: number }
);

type Variables = Readonly<Record<string, string | undefined>>;

const environmentFile = 'environment';
const defaultPort = 3000;

/**
 * The environments, for the command line.
 *
 * @param variables the process's own with `.env`, when absent
 * @throws ConfigError
 */
export function loadEnvironments(variables: Variables = readVariables()): Environment[] {
  return readAccounts(variables, false);
}

/**
 * Everything that the bot needs.
 *
 * @param variables the process's own with `.env`, when absent
 * @throws ConfigError that names the faults of the variables and the accounts file together
 */
export function loadConfig(variables: Variables = readVariables()): Config {
  const faults: Fault[] = [];
  const slack = readSlack(variables, faults);
  const logLevel = readLogLevel(variables, faults);
  let environments: Environment[] = [];
  try {
    environments = readAccounts(variables, true);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults);
  }
  if (faults.length > 0 || !slack) throw new ConfigError(faults);
  return { environments, slack, logLevel };
}

/** Into the process's own, since the AWS SDK looks there. What is set outside of `.env` stays. */
function readVariables(): Variables {
  dotenv.config({ quiet: true });
  return process.env;
}

function readAccounts(variables: Variables, allowRequired: boolean): Environment[] {
  const file = variables.ECS_SLEUTH_CONFIG || 'accounts.yaml';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const wrong = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    const expected =
      'the accounts file: copy accounts.example.yaml there, or name another file in ECS_SLEUTH_CONFIG';
    throw new ConfigError([{ file, wrong, expected }]);
  }
  return parseAccounts(text, file, variables, allowRequired);
}

const tokens = {
  SLACK_BOT_TOKEN: { pattern: /^xoxb-\S+$/, expected: 'the bot token, which begins with xoxb-' },
  SLACK_APP_TOKEN: { pattern: /^xapp-\S+$/, expected: 'an app-level token, which begins with xapp-' },
  SLACK_SIGNING_SECRET: {
    pattern: /^[^\s-]{8,}$/,
    expected: "the signing secret from the app's basic information",
  },
};

function readSlack(variables: Variables, faults: Fault[]): SlackConfig | undefined {
  const before = faults.length;
  const token = (key: keyof typeof tokens) => readToken(key, variables, faults);
  const botToken = token('SLACK_BOT_TOKEN') ?? '';
  if (botToken === '' && !variables.SLACK_BOT_TOKEN)
    faults.push(missing('SLACK_BOT_TOKEN', variables, tokens.SLACK_BOT_TOKEN.expected));
  const appToken = token('SLACK_APP_TOKEN');
  const signingSecret = token('SLACK_SIGNING_SECRET');
  if (!variables.SLACK_APP_TOKEN && !variables.SLACK_SIGNING_SECRET)
    faults.push(
      missing(
        'SLACK_APP_TOKEN',
        variables,
        'an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
      ),
    );
  const port = readPort(variables, faults);
  const apiUrl = readUrl(variables, faults);
  if (faults.length > before) return undefined;
  const common = { botToken, ...(apiUrl !== undefined && { apiUrl }) };
  if (appToken !== undefined) return { ...common, appToken };
  return { ...common, signingSecret: signingSecret ?? '', port };
}

/** The value if it is there and looks right. A wrong one is told by its kind and never shown. */
function readToken(key: keyof typeof tokens, variables: Variables, faults: Fault[]): string | undefined {
  const value = variables[key]?.trim();
  if (!value) return undefined;
  const { pattern, expected } = tokens[key];
  if (pattern.test(value)) return value;
  faults.push({ file: environmentFile, key, wrong: kindOf(value), expected });
  return undefined;
}

function kindOf(value: string): string {
  if (/^xapp-/.test(value)) return 'is an app-level token';
  if (/^xoxb-/.test(value)) return 'is a bot token';
  if (/^xoxe/.test(value)) return 'is a token that expires, since token rotation is switched on for the app';
  if (/^xox/.test(value)) return 'is a token of another kind';
  return 'has another form';
}

function missing(key: string, variables: Variables, expected: string): Fault {
  const others = Object.keys(variables).filter((name) => name.startsWith('SLACK') && !(name in tokens));
  return {
    file: environmentFile,
    key,
    wrong: `is not set${hint(key, others)}`,
    expected,
  };
}

function readPort(variables: Variables, faults: Fault[]): number {
  const { PORT } = variables;
  if (!PORT) return defaultPort;
  const port = Number(PORT);
  if (/^\d+$/.test(PORT) && port < 65_536) return port;
  faults.push({
    file: environmentFile,
    key: 'PORT',
    wrong: `is ${JSON.stringify(PORT)}`,
    expected: 'a number up to 65535',
  });
  return defaultPort;
}

function readUrl(variables: Variables, faults: Fault[]): string | undefined {
  const { SLACK_API_URL: url } = variables;
  if (!url) return undefined;
  // Slack's client puts a method's name right after it.
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url.endsWith('/') ? url : `${url}/`;
  const expected = 'an address, as in https://slack.com/api/';
  faults.push({ file: environmentFile, key: 'SLACK_API_URL', wrong: 'is no address', expected });
  return undefined;
}

function readLogLevel(variables: Variables, faults: Fault[]): LogLevel {
  const { LOG_LEVEL: value } = variables;
  if (!value) return 'info';
  const level = logLevels.find((name) => name === value.toLowerCase());
  if (level) return level;
  const wrong = `is ${JSON.stringify(value)}${hint(value, logLevels)}`;
  faults.push({ file: environmentFile, key: 'LOG_LEVEL', wrong, expected: `one of ${logLevels.join(', ')}` });
  return 'info';
}
