import { FactFailure, type Scope } from '#diagnostics/fact.ts';
import { absentOther } from '#diagnostics/facts/connect/other-side.ts';
import { investigate } from '#diagnostics/investigate.ts';
import { beginInvestigation, type Investigation, replayInvestigation } from '#diagnostics/investigation.ts';
import { decodePage } from '#diagnostics/log-page.ts';
import { type Asking, beginAsking } from '#diagnostics/recorder.ts';
import type { Report } from '#diagnostics/report.ts';
import { loadRun, saveRun } from '#diagnostics/snapshot.ts';
import { type Answer, type CommandContext, type Request, UsageError } from './command.ts';
import { type Found, find, locate, type Place } from './locate.ts';

/**
 * Finds what the request points at and runs these checks over it.
 * @param narrow what the command itself narrows the investigation to
 * @throws UsageError
 */
export async function diagnose(
  request: Request,
  context: CommandContext,
  checks: readonly string[],
  narrow: Partial<Scope> = {},
): Promise<Answer> {
  if (context.facts && 'load' in context.facts) {
    const investigation = replayInvestigation(savedRun(context.facts.load));
    return { kind: 'report', report: await investigate(investigation, { command: request.command, checks }) };
  }
  const asking = beginAsking(context.deadline, context.signal);
  const found = await locate(request, context, asking);
  const asked: Asked = { request, context, asking, checks, narrow };
  try {
    return await answer(found, asked);
  } catch (error) {
    const assumed = found.kind === 'place' && found.place.assumed ? found.place : undefined;
    if (!assumed || !(error instanceof FactFailure) || error.reason !== 'NotFound') throw error;
    // It is the other end that is not there, which the command itself looks up.
    const { to } = narrow;
    if (to?.kind === 'service' && error.message === absentOther(to.name, assumed.target.cluster)) throw error;
    // The name is not one of the cluster's services as it stands: now it is worth the calls to look it up.
    const typed = assumed.target.service ?? '';
    return answer(await find(typed, assumed, assumed.target.cluster), asked);
  }
}

interface Asked {
  request: Request;
  context: CommandContext;
  asking: Asking;
  checks: readonly string[];
  narrow: Partial<Scope>;
}

async function answer(found: Found, { request, context, asking, checks, narrow }: Asked): Promise<Answer> {
  if (found.kind === 'several') return choiceOf(found, request);
  const { place, note } = found;
  const investigation = beginInvestigation({
    target: place.target,
    session: place.session,
    asking,
    scope: { ...scopeOf(request, context), ...narrow },
  });
  const report = await investigate(investigation, {
    command: request.command,
    checks,
    onProgress: (provisional) => context.onProgress?.(withNote(provisional, note)),
  });
  await save(investigation, place, context);
  return { kind: 'report', report: withNote(report, note) };
}

function savedRun(text: string) {
  try {
    return loadRun(text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function scopeOf({ options }: Request, { now }: CommandContext) {
  const since = options.since === undefined ? undefined : new Date(now.getTime() - options.since);
  const page = decodePage(options.page);
  return {
    now,
    since,
    container: options.container,
    filter: options.filter,
    ...(options.errors === true && { errors: true }),
    ...(options.head === true && { head: true }),
    ...(options.previous === true && { previous: true }),
    ...(options.running === true && { running: true }),
    ...(options.who === true && { who: true }),
    ...(page && { page }),
  };
}

async function save(
  investigation: Investigation,
  { target }: Place,
  { facts }: CommandContext,
): Promise<void> {
  if (!facts || !('save' in facts)) return;
  const { scope } = investigation;
  facts.save(await saveRun({ target, scope, facts: await investigation.facts() }));
}

function withNote(report: Report, note: string | undefined): Report {
  if (note === undefined) return report;
  return { ...report, details: { ...report.details, notes: [note, ...(report.details.notes ?? [])] } };
}

function choiceOf({ entries, note }: Extract<Found, { kind: 'several' }>, request: Request): Answer {
  const clusters = new Set(entries.map(({ cluster }) => cluster));
  return {
    kind: 'choice',
    question: [note, `“${request.service}” fits ${entries.length} services. Which one?`]
      .filter(Boolean)
      .join(' '),
    choices: entries.slice(0, 10).map(({ cluster, service }) => ({
      label: clusters.size > 1 ? `${service} in ${cluster}` : service,
      request: { ...request, service, options: { ...request.options, cluster } },
    })),
  };
}
