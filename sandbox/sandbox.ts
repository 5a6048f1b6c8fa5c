import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { type AwsEndpoint, startAwsEndpoint } from './aws/endpoint.ts';
import { sandboxAccounts } from './incidents/index.ts';
import { type SlackWorkspace, startSlackWorkspace } from './slack/workspace.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Both servers and a folder with an accounts file: all that the unchanged bot needs to run. */
export interface Sandbox {
  aws: AwsEndpoint;
  slack: SlackWorkspace;
  /** The environment variables with which the bot or the command line runs here. */
  env: Record<string, string>;
  /** Starts the bot as a process of its own and resolves when Slack sees it connected. */
  startBot(extra?: Record<string, string>): Promise<ChildProcess>;
  stop(): Promise<void>;
}

interface Options {
  /** Port of the workspace's page; 0 or absent: any free one. */
  port?: number;
  now?: Date;
  /** Who may look at production; absent: the on-call group from #incidents, as the demo shows. */
  allow?: unknown;
}

/** Starts a local AWS and a local Slack workspace with every incident in them. @throws when the port is taken */
export async function startSandbox({ port = 0, now = new Date(), allow }: Options = {}): Promise<Sandbox> {
  const accounts = sandboxAccounts(now);
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8'));
  const slack = await startSlackWorkspace({ port, manifest });
  const aws = await startAwsEndpoint({ accounts });
  const folder = await mkdtemp(path.join(tmpdir(), 'ecs-sleuth-'));
  const accountsFile = path.join(folder, 'accounts.yaml');
  await writeFile(accountsFile, accountsYaml(accounts, allow));
  const env = {
    ECS_SLEUTH_CONFIG: accountsFile,
    ECS_SLEUTH_EXTERNAL_ID: accounts[0]?.role.externalId ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    LOG_LEVEL: 'warn',
  };
  const bots: ChildProcess[] = [];

  return {
    aws,
    slack,
    env,
    async startBot(extra = {}) {
      const bot = spawn(process.execPath, ['src/main.ts'], {
        cwd: root,
        env: { ...plainEnvironment(), ...env, ...extra },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      bots.push(bot);
      const died = once(bot, 'exit').then(([code]) => {
        throw new Error(`The bot ended with status ${code} before it was connected.`);
      });
      await Promise.race([slack.until(() => slack.isConnected(), { timeoutMs: 20_000 }), died]);
      died.catch(() => {});
      return bot;
    },
    async stop() {
      await Promise.all(bots.map(endProcess));
      await Promise.all([slack.stop(), aws.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Accounts = ReturnType<typeof sandboxAccounts>;

function accountsYaml(
  accounts: Accounts,
  allow: unknown = { channels: ['C0INCIDENTS'], groups: ['S0ONCALL'] },
): string {
  const [prod, staging] = accounts;
  const environment = (account: Accounts[number] | undefined, cluster: string, who: unknown) => ({
    account: account?.id,
    region: account?.region,
    role: account?.role.arn,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the accounts file's own notation
    externalId: '${ECS_SLEUTH_EXTERNAL_ID}',
    clusters: [cluster],
    allow: who,
  });
  return stringify({
    environments: {
      prod: environment(prod, 'prod', allow),
      staging: environment(staging, 'staging', 'everyone'),
    },
  });
}

/** The environment without anything that could lead the bot to a real account or workspace. */
function plainEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:AWS_|SLACK_|ECS_SLEUTH_|NODE_OPTIONS$|VITEST)/.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
