import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type AwsEndpoint, startAwsEndpoint } from '#sandbox/aws/endpoint.ts';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { accountsFile, manyAccounts, manyChannels } from './world.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Milliseconds that every answer of AWS takes. */
export const latency = 60;

/** The sandbox with fifty accounts, and a folder with their accounts file. */
export interface Place {
  aws: AwsEndpoint;
  slack: SlackWorkspace;
  file: string;
  close(): Promise<void>;
}

/** The unchanged bot as a process of its own. */
export interface Bot {
  /** Milliseconds from starting the process until Slack saw it connected. */
  connectedAfter: number;
  /** Called with each line of the audit. */
  onUsed(listener: () => void): void;
  /** Bytes of memory that the process holds now, and the most it ever held. */
  memory(): Promise<{ now: number; peak: number }>;
  stop(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const accounts = manyAccounts(new Date());
  const [aws, slack] = await Promise.all([startAwsEndpoint({ accounts }), manyChannels()]);
  aws.faults.latency = latency;
  const folder = await mkdtemp(path.join(tmpdir(), 'ecs-sleuth-bench-'));
  const file = path.join(folder, 'accounts.yaml');
  await writeFile(file, accountsFile(accounts));
  return {
    aws,
    slack,
    file,
    async close() {
      await Promise.all([aws.close(), slack.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

export async function startBot({ aws, slack, file }: Place): Promise<Bot> {
  const began = performance.now();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      ECS_SLEUTH_CONFIG: file,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const listeners: (() => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('"audit":true')) for (const listener of listeners) listener();
    else process.stderr.write(`${line}\n`);
  });
  const died = once(child, 'exit').then(() => {
    throw new Error('The bot ended before it was connected');
  });
  await Promise.race([slack.until(() => slack.isConnected(), { timeoutMs: 20_000 }), died]);
  died.catch(() => undefined);
  return {
    connectedAfter: performance.now() - began,
    onUsed: (listener) => void listeners.push(listener),
    memory: () => memoryOf(child),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resolves when AWS has been asked and then left in peace for ten times the latency of a call. */
export async function settled({ aws }: Place): Promise<void> {
  let quiet = 0;
  let seen = 0;
  while (quiet < 10) {
    await sleep(latency);
    const isQuiet =
      aws.calls.length === seen && seen > 0 && aws.calls.every(({ ended }) => ended !== undefined);
    quiet = isQuiet ? quiet + 1 : 0;
    seen = aws.calls.length;
  }
}

/** Linux tells the resident set of another process in kB: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
async function memoryOf({ pid }: ChildProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { now: field('VmRSS'), peak: field('VmHWM') };
}
