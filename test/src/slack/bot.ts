import pino from 'pino';
import type { Answer, EnvironmentSummary, Request } from '#commands/command.ts';
import { parseRequest } from '#commands/parse.ts';
import type { Report } from '#diagnostics/report.ts';
import { type SlackWorkspace, startSlackWorkspace } from '#sandbox/slack/workspace.ts';
import { createApp, type SlackApp } from '#src/slack/app.ts';
import type { Asked, Asker, SlackDeps, Use } from '#src/slack/deps.ts';
import manifest from '../../../manifest.json' with { type: 'json' };

export const prod: EnvironmentSummary = {
  name: 'prod',
  account: '222222222222',
  region: 'us-east-1',
  clusters: ['prod'],
};
export const staging: EnvironmentSummary = { name: 'staging', account: '333333333333', region: 'eu-west-1' };

/** What a run of the bot under test does instead of asking AWS. */
export type Runner = (request: Request, asked: Asked) => Promise<Answer>;

export interface BotUnderTest {
  workspace: SlackWorkspace;
  slack: SlackApp;
  /** Requests that were carried out. */
  ran: Request[];
  uses: Use[];
  logged: Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface Setup {
  run?: Runner;
  deps?: Partial<SlackDeps>;
  /** Who may look where; everybody at everything unless told. */
  allow?: (asker: Asker) => readonly EnvironmentSummary[];
  /** The port for HTTP; Socket Mode without it. */
  http?: number;
}

/** The whole bot in a workspace of the sandbox: only the investigation behind it is made up. */
export async function startBot({
  run = answerWith(),
  deps = {},
  allow,
  http,
}: Setup = {}): Promise<BotUnderTest> {
  const workspace = await startSlackWorkspace({ manifest });
  const ran: Request[] = [];
  const uses: Use[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const slack = createApp(
    {
      botToken: workspace.botToken,
      apiUrl: workspace.apiUrl,
      ...(http === undefined
        ? { appToken: workspace.appToken }
        : { signingSecret: workspace.signingSecret, port: http }),
    },
    {
      log,
      audit: (use) => void uses.push(use),
      environmentsFor: async (asker) => (allow === undefined ? [prod, staging] : allow(asker)),
      refusal: (name) => (name === 'prod' || name === 'staging' ? `You may not look at ${name}` : undefined),
      groups: [],
      environments: [],
      parseRequest,
      ask: async (asked) => {
        ran.push(asked.request);
        return run(asked.request, asked);
      },
      topics: ['status', 'why-stopped', 'logs', 'explain', 'help'].map((name) => ({
        name,
        summary: `What ${name} does`,
        usage: name === 'explain' ? 'TEXT' : name === 'help' ? '[COMMAND]' : 'SERVICE ENVIRONMENT',
      })),
      listServices: async () => [],
      now: () => new Date('2026-01-01T12:00:00Z'),
      ...deps,
    },
    () => undefined,
  );
  await slack.start();
  return {
    workspace,
    slack,
    ran,
    uses,
    logged,
    async stop() {
      await slack.stop(2_000);
      await workspace.stop();
    },
  };
}

/** A runner that answers with a report, with help where that is asked, and explains texts of failed pulls. */
export function answerWith(change: Partial<Report> = {}): Runner {
  return async (request) => {
    if (request.command === 'help') return { kind: 'help' };
    if (request.command !== 'explain') return { kind: 'report', report: reportOf(request, change) };
    const known = request.text?.includes('CannotPull') === true;
    return { kind: 'report', report: reportOf(request, known ? change : notRecognised) };
  };
}

const notRecognised: Partial<Report> = {
  verdict: { state: 'unknown', cause: null, status: 'open', headline: 'not recognised', chain: [] },
  findings: [],
};

/** A report on what was asked: out of memory, with a fix. */
export function reportOf(request: Request, change: Partial<Report> = {}): Report {
  const service = request.service ?? 'api';
  return {
    schema: 1,
    command: request.command,
    asOf: '2026-01-01T12:00:00Z',
    target: {
      environment: request.environment ?? 'prod',
      account: '222222222222',
      region: 'us-east-1',
      cluster: 'prod',
      service,
    },
    verdict: {
      state: 'problem',
      cause: 'app-oom',
      status: 'confirmed',
      headline: `${service} is killed at its memory limit`,
      chain: ['app-oom'],
    },
    findings: [
      {
        cause: 'app-oom',
        title: 'out of memory',
        status: 'confirmed',
        severity: 'error',
        stage: 6,
        summary: 'app was killed at 512 MiB, 6 times',
        evidence: [{ api: 'ecs:DescribeTasks', field: 'containers[0].exitCode', value: '137' }],
        fix: { summary: 'Raise the memory limit', cli: 'aws ecs register-task-definition --memory 1024' },
        next: ['logs', 'status'],
      },
    ],
    notChecked: [],
    aws: { calls: 3, waves: 2, ms: 120 },
    details: {},
    ...change,
  };
}

/** A promise to be settled from outside, so that a test says when a run is over. */
export function gate<T = void>() {
  return Promise.withResolvers<T>();
}
