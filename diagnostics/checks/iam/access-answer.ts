import type { JudgedRight } from '../../access/judge-right.ts';
import type { Outcome } from '../../check.ts';
import type { Launch } from '../../facts/access/judged-revision.ts';
import { listed, plural, revisionOf } from '../../words.ts';
import type { Known } from './known.ts';
import type { RoleState } from './role-findings.ts';

/** What to say where nothing is wrong: what the roles may do, in numbers, or what is left open. */
export function accessAnswer(known: Known, states: readonly RoleState[]): NonNullable<Outcome['answer']> {
  const unread = states.filter(({ state }) => state === 'not-checked');
  const rights = known.rights.filter(({ right }) => right.kind !== 'call');
  const unchecked = rights.filter(({ state }) => state === 'not-checked');
  const undecided = rights.filter(({ state }) => state === 'open' || state === 'denied');
  if (unread.length > 0) {
    return {
      state: 'unknown',
      headline: `could not tell, ${unread.map(({ role }) => `the ${role} role`).join(' and ')} could not be read`,
    };
  }
  if (unchecked.length > 0) {
    const missing = unchecked.find(({ notChecked }) => notChecked?.missing !== undefined)?.notChecked
      ?.missing;
    const whole = unchecked.length === rights.length;
    return {
      state: 'unknown',
      headline: `could not tell ${whole ? 'what its roles may do' : `about ${unchecked.length} of ${plural(rights.length, 'right')}`}${missing === undefined ? '' : `, not allowed to call ${missing}`}`,
    };
  }
  const unseen = unseenParts(known);
  if (unseen) return { state: 'unknown', headline: `${sentences(known, states).join(', ')}; ${unseen}` };
  const halves = rights.filter(({ half }) => half === true);
  if (halves.length > 0 && known.provenAt === undefined)
    return { state: 'unknown', headline: `${sentences(known, states).join(', ')}; ${unseenBuckets(halves)}` };
  const proven = proof(known);
  const left =
    undecided.length === 0
      ? ''
      : `; ${undecided.length} of ${plural(rights.length, 'right')} cannot be decided from outside${proven}`;
  return { state: 'healthy', headline: `${sentences(known, states).join(', ')}${left}` };
}

/** S3 lets somebody in whom the role's policies and the bucket both allow; of another account's it is the bucket. */
function unseenBuckets(halves: readonly JudgedRight[]): string {
  const buckets = [...new Set(halves.map(({ right }) => right.thing.split('/')[0] ?? right.thing))];
  return `could not tell whether ${listed(buckets.slice(0, 2))} ${buckets.length === 1 ? 'lets' : 'let'} it in: policies, keys and owners of buckets are not read`;
}

/** What is named and could not be looked at: it may be missing. */
function unseenParts({ secrets, places }: Known): string | undefined {
  const parts = [
    ...Object.values(secrets?.secrets ?? {}),
    ...Object.values(secrets?.parameters ?? {}),
    ...(places?.groups ?? []).map(({ exists }) => exists),
    ...(places?.volumes ?? []).map(({ mountTargets }) => mountTargets),
  ];
  const unread = parts.flatMap((part) => (part.ok ? [] : [part.notChecked]));
  const [first] = unread;
  if (!first) return undefined;
  const names = [...new Set(unread.map(({ check }) => check))];
  const why = first.missing === undefined ? '' : `, not allowed to call ${first.missing}`;
  return `could not tell whether ${listed(names.slice(0, 2))} ${names.length === 1 && !first.check.endsWith('parameters') ? 'is' : 'are'} there${why}`;
}

function proof({ provenAt, runs, revision }: Known): string {
  if (provenAt === undefined) return '';
  const name = revisionOf(revision.definition.taskDefinitionArn);
  return runs === 0
    ? `, and a task of ${name} started with them at ${provenAt.toISOString()}`
    : `, and ${plural(runs, 'task')} of ${name} started with them`;
}

function sentences(known: Known, states: readonly RoleState[]): string[] {
  const [execution, task] = states;
  const may = [...readsOf(known), ...rightsOf(known)];
  const hosts = hostsOf(known);
  const first =
    execution?.state === 'none'
      ? withoutExecution(execution, known.revision.launch, { hosts, may })
      : may.length > 0
        ? `its execution role may ${listed(may)}`
        : 'its execution role is there and needs no right';
  const mounts = known.rights.filter(({ right, state }) => right.kind === 'mount' && state === 'allowed');
  const files = new Set(mounts.map(({ right }) => right.thing));
  const second =
    files.size > 0
      ? [`its task role may mount ${plural(files.size, 'file system')}`]
      : task?.state === 'ok'
        ? ['its task role can be assumed']
        : [];
  return [first, ...second];
}

function withoutExecution(
  { why, isNeeded }: RoleState,
  launch: Launch,
  { hosts, may }: { hosts: readonly string[]; may: readonly string[] },
): string {
  if (hosts.length > 0 && may.length > 0)
    return `it has no execution role, and that of its instances, ${listed(hosts)}, may ${listed(may)}`;
  if (isNeeded) return `it has no execution role: ${why}`;
  if (launch === 'ec2') return 'it has no execution role and works with that of the instance';
  return launch === 'unknown'
    ? 'it has no execution role; whether it needs one hangs on where its tasks run'
    : 'it has no execution role and needs none';
}

/** Names of the roles of instances that act in place of the execution role. */
function hostsOf({ rights }: Known): string[] {
  const arns = rights.flatMap(({ right: { role, by } }) => (role === 'execution' && by ? [by.arn] : []));
  return [...new Set(arns.map((arn) => arn.split('/').at(-1) ?? arn))];
}

function readsOf({ rights }: Known): string[] {
  const reads = rights.filter(({ right }) => right.kind === 'secret' || right.kind === 'parameter');
  const allowed = reads.filter(({ state }) => state === 'allowed').length;
  if (allowed === 0) return [];
  const keys = rights.filter(({ right, state }) => right.kind === 'key' && state === 'allowed').length;
  const all =
    allowed < reads.length
      ? `${allowed} of ${reads.length} secrets`
      : reads.length === 1
        ? 'its secret'
        : `all ${reads.length} secrets`;
  return [`read ${all}${keys > 0 ? ` under ${keys === 1 ? 'its key' : 'their keys'}` : ''}`];
}

function rightsOf({ rights }: Known): string[] {
  const can = (kind: string) => {
    const of = rights.filter(({ right }) => right.kind === kind && right.role === 'execution');
    return of.length > 0 && of.every(({ state, half }) => state === 'allowed' || half === true);
  };
  const count = (kind: string) =>
    new Set(rights.filter(({ right }) => right.kind === kind).map(({ right }) => right.thing)).size;
  return [
    ...(can('file') && can('bucket') ? [`fetch ${plural(count('file'), 'file')} from S3`] : []),
    ...(can('login') && can('image') ? ['pull'] : []),
    ...(can('stream')
      ? [`write its ${count('stream') === 1 ? 'log group' : `${count('stream')} log groups`}`]
      : []),
  ];
}
