import { causeOf } from './causes/index.ts';
import type { Check, Judged, Outcome, Sources } from './check.ts';
import { checkOf } from './checks/index.ts';
import { composeReport, type Judgement } from './compose-report.ts';
import { FactFailure, type FactSource, type Settled } from './fact.ts';
import type { Investigation } from './investigation.ts';
import type { NotChecked, Report } from './report.ts';

interface Inquiry {
  command: string;
  /** Ids of the checks to begin with; the first is the one that the question is about. */
  checks: readonly string[];
  /** Told whenever a check has judged, also before everything it wants has come. */
  onProgress?: ((report: Report) => void) | undefined;
}

/**
 * Runs checks and whatever their findings ask for next, until nothing deeper is found.
 *
 * All checks read at once: a fact that two of them need is read once, and one that fails costs only what needs it.
 * @throws FactFailure with reason NotFound when the target itself does not exist.
 */
export async function investigate(investigation: Investigation, inquiry: Inquiry): Promise<Report> {
  const { command, onProgress } = inquiry;
  const judgements = new Map<string, Judgement>();
  const pending: Promise<void>[] = [];

  function report(): Report {
    return composeReport({ command, investigation, judgements, main: inquiry.checks[0] ?? '' });
  }

  function start(id: string): void {
    const check = checkOf(id);
    if (!check || judgements.has(id)) return;
    judgements.set(id, { check, notChecked: [] });
    pending.push(run(check));
  }

  async function run(check: Check): Promise<void> {
    // Everything is asked for at once; `needs` only decide when the first judgement can be made.
    const wants = settleAll(investigation, check.wants);
    const needs = await settleAll(investigation, check.needs).all;
    const failed = Object.entries(needs).filter(([, settled]) => !settled.ok);
    if (failed.length > 0) {
      const notChecked = failed.map(([, settled]) => notCheckedOf(check.question, settled));
      judgements.set(check.id, { check, notChecked });
      onProgress?.(report());
      return;
    }
    const needed = Object.fromEntries(
      Object.entries(needs).map(([name, settled]) => [name, answerOf(settled)]),
    );
    judge(check, { ...needed, ...wants.sofar() }, []);
    if (Object.keys(check.wants).length > 0) {
      const wanted = await wants.all;
      const notChecked = Object.entries(wanted).flatMap(([name, settled]) =>
        settled.ok ? [] : [notCheckedOf(check.wants[name]?.what ?? name, settled)],
      );
      judge(check, { ...needed, ...wanted }, notChecked);
    }
    onProgress?.(report());
  }

  function judge(check: Check, facts: Record<string, unknown>, notChecked: NotChecked[]): void {
    const { target, scope } = investigation;
    let outcome: Outcome;
    try {
      outcome = check.judge(facts as Judged<Sources, Sources>, { target, scope });
    } catch (error) {
      // An answer that nobody foresaw costs the check that stumbles over it, and not what that check said before.
      const before = judgements.get(check.id)?.outcome;
      judgements.set(check.id, {
        check,
        ...(before && { outcome: before }),
        notChecked: [...notChecked, stumbled(check, error)],
      });
      return;
    }
    judgements.set(check.id, { check, outcome, notChecked: [...notChecked, ...(outcome.notChecked ?? [])] });
    for (const id of nextOf(outcome)) start(id);
  }

  investigation.hear((told) => {
    const known = report();
    onProgress?.({ ...known, details: { ...known.details, ...told } });
  });
  for (const id of inquiry.checks) start(id);
  // Checks start further checks, so the list may have grown by the time one is done.
  for (let index = 0; index < pending.length; index += 1) await pending[index];

  const all = [...judgements.values()];
  const missing = all.flatMap(({ notChecked }) => notChecked).find(({ reason }) => reason === 'NotFound');
  if (missing && all.every(({ outcome }) => outcome === undefined))
    throw new FactFailure(missing.detail ?? missing.check, 'NotFound');
  return report();
}

/** How a fault of the judgement itself begins; whoever reads it can do nothing about it but report it. */
export const ownFault = 'a fault of ecs-sleuth itself';

function stumbled({ question }: Check, error: unknown): NotChecked {
  const message = error instanceof Error ? error.message : String(error);
  return { check: question, reason: 'Failed', detail: `${ownFault}: ${message}` };
}

function nextOf({ findings, next = [] }: Outcome): string[] {
  const found = findings.filter(({ status }) => status !== 'ruled-out' && status !== 'not-checked');
  return [...next, ...found.flatMap(({ cause }) => causeOf(cause)?.next ?? [])];
}

interface Settling {
  all: Promise<Record<string, Settled<unknown>>>;
  /** Those that have come already. */
  sofar(): Record<string, Settled<unknown>>;
}

function settleAll(investigation: Investigation, sources: Sources): Settling {
  const come: Record<string, Settled<unknown>> = {};
  const all = Promise.all(
    Object.entries(sources).map(async ([name, source]: [string, FactSource<unknown>]) => {
      come[name] = await investigation.settle(source);
    }),
  ).then(() => come);
  return { all, sofar: () => ({ ...come }) };
}

function answerOf(settled: Settled<unknown>): unknown {
  return settled.ok ? settled.value : undefined;
}

function notCheckedOf(check: string, settled: Settled<unknown>): NotChecked {
  if (settled.ok) throw new Error('only a failure is not checked');
  const { reason, missing, message } = settled.failure;
  return { check, missing, reason, detail: reason === 'AccessDenied' ? undefined : message };
}
