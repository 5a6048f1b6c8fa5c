import type { Check, Outcome } from './check.ts';
import { placed } from './findings.ts';
import type { Investigation } from './investigation.ts';
import type { Details, Evidence, Finding, NotChecked, Report } from './report.ts';
import { verdictOf } from './verdict.ts';

/** What one check has said so far. */
export interface Judgement {
  check: Check;
  /** Absent while its facts are read, and where they could not be. */
  outcome?: Outcome;
  notChecked: NotChecked[];
}

interface Parts {
  command: string;
  investigation: Investigation;
  judgements: ReadonlyMap<string, Judgement>;
  /** Id of the check that the question is about. */
  main: string;
}

/** Everything the checks have said, as one report. */
export function composeReport({ command, investigation, judgements, main }: Parts): Report {
  const { target, scope, calls } = investigation;
  const all = [...judgements.values()];
  const findings = withoutContradiction(relevant(merge(all), main));
  const details = detailsOf(all);
  const notChecked = distinct(all.flatMap((judgement) => judgement.notChecked));
  const asked = judgements.get(main)?.outcome;
  const verdict = verdictOf({
    target,
    findings,
    details,
    notChecked,
    answered: asked !== undefined,
    answer: answerOf(all, main),
    lead: asked?.lead,
    now: scope.now,
    since: scope.since,
    stopsRead: stopsRead(judgements.get('stopped-tasks')),
  });
  return {
    schema: 1,
    command,
    asOf: scope.now.toISOString(),
    target,
    verdict: verdict.verdict,
    findings: verdict.findings.map((finding) => placed(finding, target, details.now?.lastGoodRevision)),
    notChecked,
    aws: {
      calls: calls.length,
      waves: Math.max(0, ...calls.map(({ wave }) => wave)),
      ms: Math.round(investigation.elapsed()),
    },
    details,
  };
}

/** What the check that the question is about says of itself, or the one that has gone further in its place. */
function answerOf(judgements: readonly Judgement[], main: string): Outcome['answer'] {
  const further = judgements.find(({ outcome }) => outcome?.answersFor === main);
  return (further ?? judgements.find(({ check }) => check.id === main))?.outcome?.answer;
}

/** What a later check says of one thing replaces what an earlier one did; the limits of all hold. */
function detailsOf(judgements: readonly Judgement[]): Details {
  const told = judgements.map(({ outcome }) => known(outcome?.details ?? {}));
  const notes = [...new Set(told.flatMap((details) => details.notes ?? []))];
  return Object.assign({}, ...told, known({ notes })) as Details;
}

function stopsRead(judgement: Judgement | undefined): boolean | undefined {
  return judgement && (judgement.outcome !== undefined || judgement.notChecked.length === 0);
}

/** One check's tasks may have passed a stage at which another check sees the service fail now. */
function withoutContradiction(findings: readonly Finding[]): Finding[] {
  const failing = new Set(
    findings.filter((finding) => isFailing(finding) && !finding.alsoSeen).map(({ stage }) => stage),
  );
  return findings.filter(({ status, stage }) => status !== 'ruled-out' || !failing.has(stage));
}

interface Merged {
  finding: Finding;
  /** The check that said it first. */
  from: Check;
}

/**
 * What a deeper check finds matters here only as the reason of something that fails; otherwise it is seen beside it.
 * Of the check that the question is about everything matters.
 */
function relevant(merged: readonly Merged[], main: string): Finding[] {
  const failing = new Set(
    merged.flatMap(({ finding }) => (isFailing(finding) && !finding.alsoSeen ? [finding.cause] : [])),
  );
  return merged.map(({ finding, from }) => {
    const { reasonOf } = finding;
    if (!reasonOf || from.id === main || !isFailing(finding)) return finding;
    return reasonOf.some((cause) => failing.has(cause)) ? finding : { ...finding, alsoSeen: true };
  });
}

function isFailing({ status, severity }: Finding): boolean {
  return status !== 'ruled-out' && status !== 'not-checked' && severity !== 'info';
}

/** Two checks that come to the same cause are two proofs of one finding; the fuller one stands. */
function merge(judgements: readonly Judgement[]): Merged[] {
  const merged: Merged[] = [];
  for (const { check, outcome } of judgements) {
    for (const finding of outcome?.findings ?? []) {
      const twin = merged.find((known) => known.from !== check && isSame(known.finding, finding));
      if (twin) {
        const evidence = together(twin.finding.evidence, finding.evidence);
        // What one check sees happen now is not past because another knows it of an older revision.
        const alsoSeen = twin.finding.alsoSeen && finding.alsoSeen;
        twin.finding = {
          ...fuller(twin.finding, finding),
          ...widest(twin.finding, finding),
          evidence,
          alsoSeen,
          ...deepened(twin, { finding, from: check }),
        };
      } else merged.push({ finding, from: check });
    }
  }
  return merged;
}

/** Where one of two checks knows the reason and the other how often, both are said. */
function deepened(first: Merged, second: Merged): Pick<Finding, 'summary' | 'fix'> {
  const chosen = fuller(first.finding, second.finding);
  const [deeper, other] = second.from.deepens ? [second, first] : [first, second];
  const isSure = deeper.finding.status === 'confirmed' || deeper.finding.status === 'likely';
  if (!deeper.from.deepens || other.from.deepens || !isSure)
    return { summary: chosen.summary, fix: exacter(first.finding, second.finding) };
  const { summary, fix } = deeper.finding;
  return {
    summary: other.finding.summary === summary ? summary : `${other.finding.summary} ${summary}`,
    fix: fix ?? other.finding.fix,
  };
}

/** From the first time that either saw it to the last. */
function widest(a: Finding, b: Finding): Pick<Finding, 'firstAt' | 'lastAt'> {
  const byTime = (x: string, y: string) => Date.parse(x) - Date.parse(y);
  const firsts = [a.firstAt, b.firstAt].filter((at) => at !== undefined).sort(byTime);
  const lasts = [a.lastAt, b.lastAt].filter((at) => at !== undefined).sort(byTime);
  return { firstAt: firsts[0], lastAt: lasts.at(-1) };
}

/** A fix with the very statement to add is worth more than advice, and real names more than names to fill in. */
function exacter(first: Finding, second: Finding): Finding['fix'] {
  if (first.fix?.policy !== undefined) return first.fix;
  if (second.fix?.policy !== undefined) return second.fix;
  const [a, b] = [blanksIn(first.fix), blanksIn(second.fix)];
  if (a === b) return fuller(first, second).fix;
  return a < b ? first.fix : second.fix;
}

/** Places that are left to fill in, such as TARGET_GROUP_ARN; where there is no fix, there is everything to fill in. */
function blanksIn(fix: Finding['fix']): number {
  if (fix === undefined) return Number.POSITIVE_INFINITY;
  return `${fix.terraform ?? ''} ${fix.cli ?? ''}`.match(/\b[A-Z]+(?:_[A-Z0-9]+)+\b/g)?.length ?? 0;
}

/** Two checks that read the same field have one proof. */
function together(first: readonly Evidence[], second: readonly Evidence[]): Evidence[] {
  const keyOf = ({ api, field, value, at }: Evidence) => JSON.stringify([api, field, value, at]);
  const known = new Set(first.map(keyOf));
  return [...first, ...second.filter((evidence) => !known.has(keyOf(evidence)))];
}

/** One event may tell of what ten tasks died of. Of findings that say alike, the surer stands, else the first. */
function fuller(first: Finding, second: Finding): Finding {
  if (second.status === 'confirmed' && first.status !== 'confirmed') return second;
  const asFirm = second.status === 'confirmed' || second.status === first.status;
  return asFirm && (second.count ?? 1) > (first.count ?? 1) ? second : first;
}

function isSame(a: Finding, b: Finding): boolean {
  return a.cause === b.cause && (a.status === 'ruled-out') === (b.status === 'ruled-out');
}

/** Details without the fields that a check left empty, so that they do not wipe out what another has said. */
function known(details: Partial<Details>): Partial<Details> {
  const filled = Object.entries(details).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(filled);
}

/** One entry for each refused action and check; what failed for one and the same other reason is said once. */
function distinct(notChecked: readonly NotChecked[]): NotChecked[] {
  const entries = new Map<string, NotChecked>();
  for (const entry of notChecked) {
    const key = `${entry.missing === undefined ? '' : entry.check} ${entry.missing} ${entry.reason} ${entry.detail}`;
    const known = entries.get(key);
    if (!known) entries.set(key, entry);
    else if (!known.check.split(', ').includes(entry.check)) {
      entries.set(key, { ...known, check: `${known.check}, ${entry.check}` });
    }
  }
  return [...entries.values()];
}
