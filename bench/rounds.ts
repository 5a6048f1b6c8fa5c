import { setTimeout as sleep } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { pino } from 'pino';
import { runRequest } from '#commands/index.ts';
import { parseRequest } from '#commands/parse.ts';
import type { Report } from '#diagnostics/report.ts';
import { type AwsEndpoint, startAwsEndpoint } from '#sandbox/aws/endpoint.ts';
import type { CallRecord } from '#sandbox/aws/record.ts';
import type { Incident } from '#sandbox/incidents/incident.ts';
import { externalId, incidents, places, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { createSessions } from '#src/aws/sessions.ts';
import { latency } from './bot.ts';
import { median, percentile, type Row } from './table.ts';

interface Answer {
  report: Report;
  /** Calls as the endpoint saw them, those to STS among them. */
  calls: CallRecord[];
  /** Milliseconds for everything. */
  ms: number;
  /** Milliseconds until there was a first line. */
  first: number;
}

/** Milliseconds after which a live answer is not shared any more, and a little. */
const stale = 3_100;

/**
 * Calls and waves of each command over the incidents of the sandbox that ask for it, with 60 ms a call.
 *
 * Cold: no session, nothing kept; the role is assumed first. Warm: the session is there and immutable answers are
 * kept, but what may have changed is asked again, since the warm run comes later than live answers are shared.
 * Every incident has sessions of its own, so that none waits for the share of AWS's rates that another used up; all
 * code has run before. Waves are counted by cause: a call's wave is one more than that of the deepest call it waited
 * for. Times are ratios to (waves × one call), where one call is the median of twenty `sts:GetCallerIdentity` with
 * the same SDK; a ratio of 1.00 would mean that the bot itself takes no time.
 */
export async function rounds(): Promise<Row[]> {
  const endpoint = await startAwsEndpoint({ accounts: sandboxAccounts(new Date()) });
  endpoint.faults.latency = latency;
  try {
    for (const incident of incidents) await measured(endpoint, incident, asker(endpoint));
    const call = await oneCall(endpoint);
    const askers = incidents.map(() => asker(endpoint));
    const cold = await eachMeasured(endpoint, askers);
    await sleep(stale);
    const warm = await eachMeasured(endpoint, askers);
    return [...commandRows(cold, warm), ...summary(cold, warm, call)];
  } finally {
    await endpoint.close();
  }
}

async function eachMeasured(endpoint: AwsEndpoint, askers: readonly Ask[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, incident] of incidents.entries()) {
    const ask = askers[index];
    if (ask) answers.push(await measured(endpoint, incident, ask));
  }
  return answers;
}

type Ask = (typed: string, onProgress: (report: Report) => void) => Promise<Report>;

/** A bot's engine with sessions, caches and budgets of its own. */
function asker({ url, credentials }: AwsEndpoint): Ask {
  process.env.AWS_ENDPOINT_URL = url;
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  const environments = Object.values(places).map(({ environment, account, region, cluster }) => ({
    name: environment,
    account,
    region,
    partition: 'aws',
    role: `arn:aws:iam::${account}:role/ecs-sleuth`,
    externalId,
    clusters: [cluster],
  }));
  const sessions = createSessions({ environments, log: pino({ level: 'silent' }) });
  return async (typed, onProgress) => {
    const answer = await runRequest(parseRequest(typed, { environments }), {
      environments,
      session: (environment, region) => sessions.open(environment, 'ada', region),
      now: new Date(),
      deadline: 10_000,
      onProgress,
    });
    if (answer.kind !== 'report') throw new Error(`“${typed}” was answered by a ${answer.kind}`);
    return answer.report;
  };
}

async function measured(endpoint: AwsEndpoint, incident: Incident, ask: Ask): Promise<Answer> {
  const before = endpoint.calls.length;
  const began = performance.now();
  let first: number | undefined;
  const report = await ask(incident.ask, ({ verdict }) => {
    if (verdict.state !== 'unknown') first ??= performance.now() - began;
  });
  const ms = performance.now() - began;
  return { report, calls: endpoint.calls.slice(before), ms, first: first ?? ms };
}

/** The median time of one call, milliseconds. */
async function oneCall(endpoint: AwsEndpoint): Promise<number> {
  const client = new STSClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: endpoint.credentials,
  });
  const times: number[] = [];
  for (let index = 0; index < 23; index += 1) {
    const began = performance.now();
    await client.send(new GetCallerIdentityCommand({}));
    times.push(performance.now() - began);
  }
  client.destroy();
  return median(times.slice(3));
}

/** Waves from cold that a command may take, where it is not three: those that reach into the network or IAM. */
const wavesAtMost: Record<string, number> = { image: 4, iam: 4, exec: 4, network: 4 };

function commandRows(cold: readonly Answer[], warm: readonly Answer[]): Row[] {
  const commands = [...new Set(cold.map(({ report }) => report.command))].sort();
  return commands.flatMap((command) => {
    const of = (answers: readonly Answer[]) => answers.filter(({ report }) => report.command === command);
    const waves = (answers: readonly Answer[]) => range(of(answers).map(({ report }) => report.aws.waves));
    const calls = (answers: readonly Answer[]) => range(of(answers).map((answer) => answer.calls.length));
    return [
      {
        measure: `${command}, ${of(cold).length} incidents: waves`,
        value: `cold ${waves(cold)}; warm ${waves(warm)}`,
        goal: `at most ${wavesAtMost[command] ?? 3} for the question itself`,
      },
      { measure: `${command}: calls`, value: `cold ${calls(cold)}; warm ${calls(warm)}` },
    ];
  });
}

/** `3 to 9, mostly 5`: what lies in the middle stands for the usual. */
function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}, half up to ${median(values)}`;
}

function summary(cold: readonly Answer[], warm: readonly Answer[], call: number): Row[] {
  const ratios = warm.map(({ ms, report }) => ms / (report.aws.waves * call));
  const firsts = warm.map(({ first }) => first / call);
  return [
    { measure: 'Time of a warm answer to waves × one call, median', value: median(ratios).toFixed(2) },
    {
      measure: 'Time of a warm answer to waves × one call, 95th percentile',
      value: percentile(ratios, 0.95).toFixed(2),
      goal: 'at most 1.15',
    },
    {
      measure: 'First line of a warm answer, in calls, median and at most',
      value: `${median(firsts).toFixed(2)} and ${Math.max(...firsts).toFixed(2)}`,
      goal: 'after two waves',
    },
    {
      measure: 'Calls made twice in one region for one answer',
      value: String(twice([...cold, ...warm])),
      goal: 'none',
    },
  ];
}

function twice(answers: readonly Answer[]): number {
  return answers.reduce((sum, { calls }) => {
    const keys = calls.map(
      ({ service, operation, region, input }) => `${region} ${service}:${operation} ${JSON.stringify(input)}`,
    );
    return sum + keys.length - new Set(keys).size;
  }, 0);
}
