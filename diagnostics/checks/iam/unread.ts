import type { RightReading } from '../../facts/access/right-readings.ts';
import type { Read } from '../../facts/read.ts';
import type { NotChecked } from '../../report.ts';
import { listed } from '../../words.ts';
import type { Known } from './known.ts';

/** Every part of the facts that could not be read, each once. */
export function unreadParts(
  { roles, secrets, places }: Known,
  readings: readonly RightReading[],
): NotChecked[] {
  const parts: (Read<unknown> | undefined)[] = [
    roles?.execution,
    roles?.task,
    ...Object.values(secrets?.secrets ?? {}),
    ...Object.values(secrets?.parameters ?? {}),
    ...keysOf(secrets),
    ...(places?.groups ?? []).map(({ exists }) => exists),
    ...(places?.volumes ?? []).flatMap((volume) => [volume.mountTargets, volume.accessPoint, volume.policy]),
    ...readings.flatMap(({ reading, policy, grants }) => [reading, policy, grants]),
  ];
  // That a role is not found is an answer, which the role itself gives.
  const unread = parts.flatMap((part) =>
    part === undefined || part.ok || part.notChecked.reason === 'NotFound' ? [] : [part.notChecked],
  );
  const byReason = new Map<string, NotChecked[]>();
  for (const part of unread) {
    const key = JSON.stringify([part.missing, part.reason, part.missing === undefined && part.detail]);
    byReason.set(key, [...(byReason.get(key) ?? []), part]);
  }
  return [...byReason.values()].flatMap((group) => asOne(group) ?? []);
}

/** Forty rights that wait for one action are one line. */
function asOne(group: readonly NotChecked[]): NotChecked | undefined {
  const [first] = group;
  if (!first) return undefined;
  if (first.missing === 'iam:SimulatePrincipalPolicy') return { ...first, check: 'what the roles may do' };
  const checks = [...new Set(group.map(({ check }) => check))];
  const more = checks.length - 2;
  const shown = more > 1 ? [...checks.slice(0, 2), `${more} more`] : checks;
  return { ...first, check: listed(shown) };
}

function keysOf(secrets: Known['secrets']): Read<unknown>[] {
  const states = [...Object.values(secrets?.secrets ?? {}), ...Object.values(secrets?.parameters ?? {})];
  return states.flatMap((state) =>
    state.ok && state.value.key ? [state.value.key.key, state.value.key.policy] : [],
  );
}
