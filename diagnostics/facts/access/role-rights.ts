import { appRights, instanceCalls } from '../../access/app-rights.ts';
import { unauthorizedMounts } from '../../access/host-rights.ts';
import { keyRights, resolvedRights } from '../../access/key-rights.ts';
import { type HostRole, rightKey } from '../../access/right.ts';
import { rightsOf } from '../../access/rights.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import type { LogTail } from '../../report.ts';
import { referencesOf } from '../../secret-references/references.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { role } from '../role.ts';
import { keyGrants } from './encryption-key.ts';
import { hostRights } from './host-rights.ts';
import { type JudgedRevision, judgedRevision } from './judged-revision.ts';
import { withGrants } from './key-grants.ts';
import { describedSecrets, neededSecrets, type ParameterState, type SecretState } from './needed-secrets.ts';
import { groupRights, type RightReading, readings } from './right-readings.ts';

// Each part is a fact of its own, so that none is counted as waiting for another that happened to end before it.

const laterRights = defineFact<RightReading[]>({
  id: 'later-rights',
  what: 'what the roles may do with secrets and keys',
  actions: [...groupRights.actions, ...keyGrants.actions],
  load: async (context) => laterReadings(context, await context.read(judgedRevision)),
});

/** What IAM says of the calls that the program was refused, by its log, under its task role or that of the instance. */
const refusedRights = defineFact<RightReading[]>({
  id: 'refused-rights',
  what: 'what the program was refused',
  actions: [...new Set([...groupRights.actions, ...crashLogs.actions, ...role.actions])],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const logs = await context.settle(crashLogs);
    if (!logs.ok) return [];
    const [own, ofInstances] = await Promise.all([
      readings(context, appRights(logs.value, revision.taskRoleArn), revision),
      ofRolesNamed(context, revision, logs.value),
    ]);
    return [...own, ...ofInstances];
  },
});

/** AWS names the role in its refusal, by name alone: the simulation takes the whole ARN. */
async function ofRolesNamed(
  context: FactContext,
  revision: JudgedRevision,
  logs: readonly LogTail[],
): Promise<RightReading[]> {
  const read = await Promise.all(
    [...instanceCalls(logs)].map(async ([name, rights]) => {
      const known = partOf(`the role ${name} of the instance`, await context.settle(role, name));
      if (!known.ok) return rights.map((right) => ({ right, reading: known }));
      if (known.value.missing) return [];
      const by: HostRole = { arn: known.value.arn };
      return readings(
        context,
        rights.map((right) => ({ ...right, by })),
        revision,
      );
    }),
  );
  return read.flat();
}

/** What IAM says of every right that the revision needs. */
export const roleRights = defineFact<RightReading[]>({
  id: 'role-rights',
  what: 'what the roles may do',
  actions: [...new Set([...laterRights.actions, ...refusedRights.actions, ...hostRights.actions])],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const known = rightsOf(revision.definition, revision);
    const [direct, later, refused, ofHosts] = await Promise.all([
      readings(
        context,
        known.filter(({ lookup }) => lookup === undefined),
        revision,
      ),
      context.read(laterRights),
      context.read(refusedRights),
      context.read(hostRights),
    ]);
    return [...direct, ...later, ...refused, ...ofHosts, ...unshown(revision)];
  },
});

/** A mount that is to show the task role, and has none to show: what EFS makes of that is not documented. */
function unshown(revision: JudgedRevision): RightReading[] {
  const why = 'the volume asks for IAM authorization, and the task definition names no task role';
  return unauthorizedMounts(revision.definition, revision).map((right) => ({
    right,
    reading: { ok: true, value: { answer: 'open', why, missingContext: [] } },
  }));
}

/** Rights on secrets whose ARN and key are known only when they have been described. */
async function laterReadings(context: FactContext, revision: JudgedRevision): Promise<RightReading[]> {
  const { definition, home } = revision;
  const known = rightsOf(definition, revision);
  const references = referencesOf(definition, home).secrets;
  const described = await context.settle(describedSecrets);
  if (!described.ok) return [];
  const early = [...resolvedRights(known, described.value), ...keyRights(references, described.value, home)];
  const [first, whole] = await Promise.all([
    readings(context, early, revision),
    context.settle(neededSecrets),
  ]);
  const keys = whole.ok ? keyRights(references, whole.value, home) : [];
  const asked = new Set(early.map(rightKey));
  const rest = await readings(
    context,
    keys.filter((right) => !asked.has(rightKey(right))),
    revision,
  );
  // A key may turn out to be one that AWS manages, for which no right is needed.
  const customer = new Set(
    whole.ok ? Object.values({ ...whole.value.secrets, ...whole.value.parameters }).flatMap(keyArns) : [],
  );
  const needed = [...first, ...rest].filter(
    ({ right }) => right.kind !== 'key' || !whole.ok || customer.has(right.resource),
  );
  return whole.ok ? withGrants(context, revision, needed, whole.value) : needed;
}

/** ARNs by which a customer's key may be asked about; one that could not be described is taken for such. */
function keyArns(state: Read<SecretState | ParameterState>): string[] {
  const key = state.ok ? state.value.key : undefined;
  if (!key) return [];
  return key.key.ok && key.key.value ? [key.key.value.arn] : [key.id];
}
