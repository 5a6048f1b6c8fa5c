import { isChange } from './causes/changes.ts';
import { causeOf } from './causes/index.ts';
import { chainOf, lastResort, statusRank, symptoms } from './chain.ts';
import type { Outcome } from './check.ts';
import { unknownCause } from './explain.ts';
import { proofOf } from './proof.ts';
import type { Details, Finding, NotChecked, Target, Verdict } from './report.ts';

interface Grounds {
  target: Target;
  findings: readonly Finding[];
  details: Details;
  notChecked: readonly NotChecked[];
  /** False where the check that the question is about could not read its facts. */
  answered: boolean;
  /** What that check says of itself where nothing is a problem. */
  answer: Outcome['answer'];
  /** What that check says of a problem before its cause. */
  lead?: Outcome['lead'];
  now: Date;
  /** Only stops after this were looked at. */
  since?: Date | undefined;
  /** False where the stopped tasks could not be read; absent where nothing asked for them. */
  stopsRead?: boolean | undefined;
}

/**
 * The one headline of a report. The earliest causal stage that is confirmed for the newest failing revision wins,
 * since what fails there explains everything after it; symptoms lead the chain to it.
 */
export function verdictOf(grounds: Grounds): { verdict: Verdict; findings: Finding[] } {
  const { findings } = grounds;
  // What healed is not the reason of what has not.
  const problems = findings.filter((finding) => isCandidate(finding) && isProblem(finding, grounds));
  const chain = chainOf(problems.sort(byRank));
  const root = chain.at(-1);
  if (!root) {
    const verdict = quiet(grounds);
    return { verdict, findings: verdict.state === 'healthy' ? findings.map(asPast) : [...findings] };
  }
  // "No stop is left to read" is the answer of last resort, and this is another.
  const telling = findings.filter(({ cause }) => cause !== lastResort || root.cause === lastResort);
  const explained = telling.map((finding) => {
    const above = chain[chain.indexOf(finding) - 1];
    return above ? { ...finding, explains: above.cause } : finding;
  });
  return {
    verdict: {
      state: 'problem',
      cause: root.cause,
      status: statusOf(root),
      headline: [subjectOf(grounds.target), grounds.lead, causeInWords(chain)]
        .filter((part) => part !== undefined)
        .join(': '),
      chain: chain.map(({ cause }) => cause),
    },
    findings: explained.sort(
      (a, b) => Number(b.cause === root.cause) - Number(a.cause === root.cause) || byRank(a, b),
    ),
  };
}

/** A symptom may be certain; as the answer to "why" it leaves the question open. */
function statusOf({ cause, status }: Finding): Verdict['status'] {
  if (symptoms.includes(cause) || cause === lastResort) return 'open';
  return status === 'confirmed' || status === 'likely' ? status : 'open';
}

function isCandidate({ status, severity, alsoSeen }: Finding): boolean {
  return severity !== 'info' && !alsoSeen && status !== 'ruled-out' && status !== 'not-checked';
}

const severityRank = { error: 0, warn: 1, info: 2 };

function byRank(a: Finding, b: Finding): number {
  return (
    Number(a.alsoSeen ?? false) - Number(b.alsoSeen ?? false) ||
    severityRank[a.severity] - severityRank[b.severity] ||
    statusRank[a.status] - statusRank[b.status] ||
    (a.stage || 9) - (b.stage || 9) ||
    (b.count ?? 1) - (a.count ?? 1)
  );
}

/** What ECS has mended is worth knowing, and no error any more. */
function asPast(finding: Finding): Finding {
  return finding.severity === 'error' ? { ...finding, severity: 'warn' } : finding;
}

/** Milliseconds after which a single failure that ECS has replaced is history. */
const healsAfter = 15 * 60_000;

/** Owners with whom a warning needs no act once ECS has replaced the task. */
const nobodyActs = new Set(['aws', 'capacity', 'operator', 'nothing']);

function isProblem(finding: Finding, { target, details, now }: Grounds): boolean {
  const short = isShort(details);
  if (finding.severity === 'warn' && !short && nobodyActs.has(causeOf(finding.cause)?.owner ?? ''))
    return false;
  const single = (finding.count ?? 1) === 1 && finding.lastAt !== undefined;
  const old = single && now.getTime() - Date.parse(finding.lastAt ?? '') > healsAfter;
  // A rollback leaves a whole service of the wrong revision: nothing heals that but a new deployment.
  // A run of a job is not replaced; whether a service's task was, only the service says.
  return short || !old || symptoms.includes(finding.cause) || target.service === undefined;
}

function isShort({ now }: Details): boolean {
  return now !== undefined && now.running < now.desired;
}

/** The verdict where no finding is a problem: healthy, or not known. */
function quiet(grounds: Grounds): Verdict {
  const { target, details, notChecked, answered, answer, stopsRead } = grounds;
  const subject = subjectOf(target);
  const denied = notChecked.filter(({ reason }) => reason !== 'NotSaved');
  if (!answered) return unknown(`${subject}: could not tell, ${whyNot(denied)}`);
  // That nothing failed cannot be said of stops that could not be read.
  if (answer?.state === 'healthy' && stopsRead === false)
    return unknown(`${subject}: could not tell, ${whyNot(denied)}`);
  if (answer) {
    const headline = `${subject}: ${answer.headline}`;
    return answer.state === 'unknown' ? unknown(headline) : { ...healthy, headline };
  }
  if (isShort(details) && denied.length > 0)
    return unknown(`${subject}: could not tell why, ${whyNot(denied)}`);
  if (details.now === undefined && target.service !== undefined)
    return unknown(`${subject}: could not tell, ${whyNot(denied)}`);
  return { ...healthy, headline: `${subject}: ${proofOf(grounds)}` };
}

const healthy = { state: 'healthy', cause: null, status: 'confirmed', chain: [] } satisfies Omit<
  Verdict,
  'headline'
>;

function unknown(headline: string): Verdict {
  return { state: 'unknown', cause: null, status: 'open', headline, chain: [] };
}

function whyNot([first]: readonly NotChecked[]): string {
  if (!first) return 'nothing was found that says so either way';
  if (first.missing !== undefined) return `not allowed to call ${first.missing}`;
  // Credentials that were given may still be refused, in a region that the account has not opted into for one.
  if (first.reason === 'Credentials' && !first.detail?.includes('could not be assumed')) {
    return 'AWS did not accept the credentials';
  }
  return reasonWords[first.reason] ?? 'AWS gave no usable answer';
}

const reasonWords: Record<string, string> = {
  Credentials: 'the role could not be assumed',
  Throttled: 'AWS throttled the calls',
  Timeout: 'AWS did not answer in time',
  Unreachable: 'AWS could not be reached',
  NotSaved: 'the saved run does not hold it',
};

/** `api in prod`, `task 3f2a9c1b in prod`. */
function subjectOf({ service, family, task, environment }: Target): string {
  const name = service ?? family ?? (task === undefined ? 'everything' : `task ${task.slice(0, 8)}`);
  return `${name} in ${environment}`;
}

/** A change is said with what it brought about: `out of memory, since api:42 lowered memory 1024 → 512 MiB`. */
function causeInWords(chain: readonly Finding[]): string {
  const [above, root] = chain.slice(-2);
  if (!above) return '';
  if (!root || !isChange(root.cause)) return titleOf(root ?? above);
  return `${titleOf(above)}, since ${root.title}`;
}

function titleOf(finding: Finding): string {
  const { title } = finding;
  const status = statusOf(finding);
  if (status === 'likely') return `probably ${title}`;
  if (status === 'confirmed' || finding.cause === unknownCause) return title;
  return symptoms.includes(finding.cause)
    ? `${title}; the reason is not known`
    : `not decided, perhaps ${title}`;
}
