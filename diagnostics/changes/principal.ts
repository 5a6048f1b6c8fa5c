import { idOf } from '../words.ts';

/** Sessions that are named by a machine: the role says more. */
const unnamed = /^(?:i-[0-9a-f]+|\d+|[0-9a-f-]{20,}|(?:boto\w*|aws-\w+)-session-\d+|ecs-sleuth.*)$/i;

/**
 * Whom an ARN names: a user, a session of a role, or the role where a machine named the session; empty where it names
 * nobody. Of an e-mail address, which single sign-on takes as the name of the session, what stands before the @.
 */
export function principalName(arn: string | undefined): string {
  if (/:root$/.test(arn ?? '')) return 'root';
  const [, role, session] = /:assumed-role\/(?:.*\/)?([^/]+)\/([^/]+)$/.exec(arn ?? '') ?? [];
  if (role !== undefined && session !== undefined)
    return unnamed.test(session) ? `role ${role}` : withoutAddress(session);
  return withoutAddress(idOf(arn));
}

export function withoutAddress(name: string): string {
  return name.split('@')[0] ?? '';
}
