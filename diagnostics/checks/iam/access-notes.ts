import { explain } from '../../explain.ts';
import { secretKeyOf } from '../../secret-references/value-from.ts';
import { listed, plural, revisionOf } from '../../words.ts';
import type { Known } from './known.ts';

/** What is no fault and still worth knowing to whoever asks about roles and secrets. */
export function accessNotes(known: Known): string[] {
  return [...revisionNote(known), ...rotationNotes(known), ...grantedSince(known)];
}

function revisionNote({ revision }: Known): string[] {
  if (revision.current) return [];
  return [
    `This is about ${revisionOf(revision.definition.taskDefinitionArn)}, which failed and which the service has gone back from.`,
  ];
}

/** Secrets are read when a task starts, and never again. */
function rotationNotes({ references, secrets, tasks }: Known): string[] {
  const running = (tasks?.running ?? []).filter(({ startedAt }) => startedAt !== undefined);
  const changed = references.secrets.flatMap(({ reference }) => {
    if (reference.kind === 'invalid') return [];
    if (reference.kind === 'secret') {
      const state = secrets?.secrets[secretKeyOf(reference)];
      return state?.ok && state.value.secret?.LastChangedDate
        ? [{ name: reference.name, at: state.value.secret.LastChangedDate }]
        : [];
    }
    const state = secrets?.parameters[reference.arn];
    const at = state?.ok ? state.value.parameter?.LastModifiedDate : undefined;
    return at ? [{ name: reference.names[0], at }] : [];
  });
  const later = changed.flatMap(({ name, at }) => {
    const before = running.filter(({ startedAt }) => startedAt && startedAt < at);
    return before.length === 0 ? [] : [{ name, at, count: before.length }];
  });
  return [...new Map(later.map((one) => [one.name, one])).values()].map(
    ({ name, at, count }) =>
      `${name} was changed at ${at.toISOString()}, after ${plural(count, 'running task')} had read it: those keep the old value, and tasks started since get the new one.`,
  );
}

/** What AWS refused an hour ago may be allowed by now; the simulation does not see every policy either. */
function grantedSince({ tasks, rights }: Known): string[] {
  const refused = (tasks?.stopped ?? []).flatMap((task) => {
    const [read] = explain({ where: 'task.stoppedReason', text: task.stoppedReason ?? '' });
    const { action, resource } = read?.names ?? {};
    return action === undefined || resource === undefined ? [] : [{ action, resource, at: task.stoppedAt }];
  });
  const allowed = refused.filter(({ action, resource }) =>
    rights.some(
      ({ right, state }) => state === 'allowed' && right.action === action && right.resource === resource,
    ),
  );
  const [latest] = allowed;
  if (!latest) return [];
  const actions = listed([...new Set(allowed.map(({ action }) => action))]);
  return [
    `AWS refused ${actions} when a task stopped${latest.at ? ` at ${latest.at.toISOString()}` : ''}, and IAM's simulation allows it now: it was granted since, or a policy refuses it that a simulation does not see (organization, endpoint, session).`,
  ];
}
