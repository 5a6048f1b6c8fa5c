import { pino } from 'pino';
import type { Answer, CommandContext, Request } from '#commands/command.ts';
import { runRequest } from '#commands/index.ts';
import { parseRequest } from '#commands/parse.ts';
import { ownFault } from '#diagnostics/investigate.ts';
import type { Report } from '#diagnostics/report.ts';
import { type AwsEndpoint, startAwsEndpoint } from '#sandbox/aws/endpoint.ts';
import type { Account } from '#sandbox/aws/world.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import type { Budget } from '#src/aws/budget.ts';
import { createRequestHandler } from '#src/aws/http.ts';
import { createSessions } from '#src/aws/sessions.ts';

/** The engine over the sandbox's AWS, real SDK and HTTP, without Slack. */
export interface SandboxAws {
  endpoint: AwsEndpoint;
  ask(typed: string, extra?: Partial<CommandContext>): Promise<Answer>;
  /** As `ask`, for a question that is answered by a report. */
  report(typed: string, extra?: Partial<CommandContext>): Promise<Report>;
  /** As `ask`, for what nobody can type, such as what a button asks for. */
  run(request: Request): Promise<Answer>;
  /** Forgets sessions, caches and the calls so far, as after a restart. */
  restart(): void;
  close(): Promise<void>;
}

/** Where the SDK finds the sandbox, and as whom. */
const variables = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Nobody shares the sandbox, and questions about the event history would wait a second each. */
const atOnce: Budget = { take: async () => {}, spend() {}, drain() {} };

interface Options {
  now?: Date;
  accounts?: Account[];
}

export async function openSandboxAws({
  now = new Date(),
  accounts = sandboxAccounts(now),
}: Options = {}): Promise<SandboxAws> {
  const endpoint = await startAwsEndpoint({ accounts });
  process.env.AWS_ENDPOINT_URL = endpoint.url;
  process.env.AWS_ACCESS_KEY_ID = endpoint.credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = endpoint.credentials.secretAccessKey;
  const environments = accounts.map(({ id, region, role, world }) => ({
    name: world.clusters[0]?.clusterName ?? id,
    account: id,
    region,
    partition: 'aws',
    role: role.arn,
    externalId: role.externalId,
    clusters: world.clusters.map(({ clusterName }) => clusterName ?? ''),
  }));
  const requestHandler = createRequestHandler();
  const open = () =>
    createSessions({ environments, log: pino({ level: 'silent' }), budget: atOnce, requestHandler });
  let sessions = open();

  async function ask(typed: string, extra: Partial<CommandContext> = {}): Promise<Answer> {
    return run(parseRequest(typed, { environments }), extra);
  }

  function run(request: Request, extra: Partial<CommandContext> = {}): Promise<Answer> {
    return runRequest(request, {
      environments,
      session: (environment, region) => sessions.open(environment, 'ada', region),
      now,
      deadline: 10_000,
      ...extra,
    });
  }

  return {
    endpoint,
    ask,
    run,
    async report(typed, extra) {
      const answer = await ask(typed, extra);
      if (answer.kind !== 'report') throw new Error(`“${typed}” was answered by a ${answer.kind}`);
      const fault = answer.report.notChecked.find(({ detail }) => detail?.startsWith(ownFault));
      if (fault) throw new Error(`“${typed}”: ${fault.check}: ${fault.detail}`);
      return answer.report;
    },
    restart() {
      sessions = open();
      endpoint.calls.length = 0;
    },
    async close() {
      await endpoint.close();
      if (process.env.AWS_ENDPOINT_URL === endpoint.url)
        for (const name of variables) delete process.env[name];
      // What the sandbox cannot answer, or the role does not allow, would only look like a right that is missing.
      if (endpoint.unexpected.length > 0)
        throw new Error(`AWS was asked for what it may not be: ${JSON.stringify(endpoint.unexpected)}`);
    },
  };
}
