import type { RevisionChange } from '../revision-change.ts';
import { type Between, type Failure, imageChanged, isOnly, type Telling } from './between.ts';
import { hasSecrets } from './definition.ts';
import { loweredMemory } from './lowered-memory.ts';

/**
 * Which of the changes between the revision that runs and the one that fails is the failure's reason. None where no
 * change is of the kind that the failure is about: that something was changed is not yet a reason.
 */
export function tellingChange(failure: Failure, between: Between): Telling | undefined {
  for (const rule of rules) {
    const found = rule(failure, between);
    if (found) return found;
  }
  return undefined;
}

type Rule = (failure: Failure, between: Between) => Telling | undefined;

const rules: readonly Rule[] = [
  namedVariable,
  loweredMemory,
  otherCommand,
  otherHealthCheck,
  otherRole,
  onlyTheImage,
];

function namedVariable(failure: Failure, { changes, revision }: Between): Telling | undefined {
  if (!/^app-/.test(failure.cause)) return undefined;
  const found = changes.find((change) => isNamed(change, failure));
  if (!found || found.kind === 'added') return undefined;
  const { name = '', kind } = found;
  // A variable that became a secret, or a secret that became a variable, is still there.
  if (changes.some((change) => change.name === name && change.kind === 'added')) return undefined;
  if (kind === 'removed') {
    // `DB` or `ERROR` may be a word of the line that has nothing to do with the variable.
    const sure = name === failure.named || failure.cause === 'app-config-missing' || name.includes('_');
    return {
      cause: 'variable-removed',
      status: sure ? 'confirmed' : 'likely',
      title: `${name} was removed in ${revision}`,
      ...(!sure && { open: `whether the log means the variable where it says ${name}` }),
      change: found,
    };
  }
  return {
    cause: 'variable-changed',
    status: 'likely',
    title: `${name} was changed in ${revision}`,
    open: `the two values of ${name}, which are not read here`,
    change: found,
  };
}

function isNamed({ field, name, container }: RevisionChange, { named, line, culprit }: Failure): boolean {
  if (name === undefined || (field !== 'environment' && field !== 'secrets')) return false;
  if (culprit !== undefined && container !== culprit) return false;
  return name === named || (line !== undefined && isWordIn(name, line));
}

/** Names of variables are words of their own; `HOST` does not stand in `DB_HOST`. */
function isWordIn(name: string, line: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(line);
}

const commandCauses = new Set([
  'entrypoint-not-found',
  'entrypoint-not-executable',
  'app-command-not-found',
  'app-not-executable',
]);

function otherCommand({ cause, culprit }: Failure, between: Between): Telling | undefined {
  if (!commandCauses.has(cause)) return undefined;
  const found = between.changes.find(
    ({ field, container }) => container === culprit && (field === 'command' || field === 'entryPoint'),
  );
  if (!found) return undefined;
  const sure = !imageChanged(between, culprit);
  return {
    cause: 'command-changed',
    status: sure ? 'confirmed' : 'likely',
    title: `${between.revision} changed the ${found.field === 'command' ? 'command' : 'entry point'}`,
    ...(!sure && { open: 'whether the new image has the old command, for both were changed' }),
    change: found,
  };
}

function otherHealthCheck({ cause, culprit }: Failure, between: Between): Telling | undefined {
  if (!cause.startsWith('container-health')) return undefined;
  const found = between.changes.find(
    ({ field, container }) => field === 'healthCheck' && (culprit === undefined || container === culprit),
  );
  if (!found || found.kind === 'removed') return undefined;
  const sure = isOnly(between, found) && cause === 'container-health-tool-missing';
  return {
    cause: 'health-check-changed',
    status: sure ? 'confirmed' : 'likely',
    title: `${between.revision} ${found.kind} the health check`,
    ...(!sure && { open: 'what the new check answers inside the container' }),
    change: found,
  };
}

const executionRoleCauses =
  /^(?:secret-permission-denied|parameter-permission-denied|secret-kms-denied|image-ecr-permission|logs-permission-denied|execution-role-)/;

function otherRole({ cause }: Failure, between: Between): Telling | undefined {
  const field = executionRoleCauses.test(cause)
    ? 'executionRoleArn'
    : cause === 'app-credentials-missing'
      ? 'taskRoleArn'
      : undefined;
  const found = between.changes.find((change) => change.field === field);
  if (!found) return undefined;
  const role = field === 'taskRoleArn' ? 'task role' : 'execution role';
  return {
    cause: 'role-changed',
    status: 'likely',
    title: `${between.revision} ${found.kind} the ${role}`,
    open: `what the ${role} of the revision that runs may do`,
    change: found,
  };
}

/** The process ends by what is in its image, if nothing else differs; what it cannot reach is not in the image. */
const ofTheImage =
  /^(?:app-(?:exit-error|config-missing|command-not-found|not-executable|abort|segfault|exit-255|port-in-use)|entrypoint-|oom-heap)/;

function onlyTheImage({ cause, culprit, line }: Failure, between: Between): Telling | undefined {
  if (!ofTheImage.test(cause) || tellsOfLogin(line)) return undefined;
  const found = between.changes.find(({ field, container }) => field === 'image' && container === culprit);
  if (!found || !isOnly(between, found)) return undefined;
  const certain = cause.startsWith('entrypoint-') && !hasSecrets(between.after);
  return {
    cause: 'image-changed',
    status: certain ? 'confirmed' : 'likely',
    title: `${between.revision} changed the image${tagsOf(found)}`,
    ...(!certain && {
      open: 'a deployment of the revision that ran: if that starts now, the new image is the reason',
    }),
    change: found,
  };
}

/** A login that is refused speaks of a secret and of another system, not of the image. */
export function tellsOfLogin(line: string | undefined): boolean {
  return (
    line !== undefined &&
    /password authentication failed|access denied for user|authentication failed|login failed|\bwrongpass\b|\bnoauth\b|auth(?:entication)? ?failed|invalid (?:password|username|api[_ ]?key|credentials)|bad auth|unauthori[sz]ed|\b401\b/i.test(
      line,
    )
  );
}

/** ` 2.8.1 → 2.9.0`, where only the tag differs. */
function tagsOf({ before = '', after = '' }: RevisionChange): string {
  const [was, is] = [before, after].map((image) => /^(.*):([\w.-]+)$/.exec(image));
  return was && is && was[1] === is[1] ? ` ${was[2]} → ${is[2]}` : '';
}
