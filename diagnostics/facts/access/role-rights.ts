import { appRights } from '../../access/app-rights.ts';
import { commonContext, groupsOf, type RightGroup } from '../../access/groups.ts';
import { keyRights, resolvedRights } from '../../access/key-rights.ts';
import { distinctRights, type Right, rightKey } from '../../access/right.ts';
import { rightsOf } from '../../access/rights.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import { readSimulation, type SimulationReading } from '../../policy/read-simulation.ts';
import { referencesOf } from '../../secret-references/references.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { role } from '../role.ts';
import { simulation, simulationKey } from '../simulation.ts';
import { type JudgedRevision, judgedRevision } from './judged-revision.ts';
import { describedSecrets, neededSecrets, type ParameterState, type SecretState } from './needed-secrets.ts';
import { secretPolicy } from './secret.ts';

/** A right, and what IAM says of it. */
export interface RightReading {
  right: Right;
  reading: Read<SimulationReading>;
  /** JSON text of the policy that hangs on the resource, where it was worth asking for; undefined within: it has none. */
  policy?: Read<string | undefined>;
}

// Each part is a fact of its own, so that none is counted as waiting for another that happened to end before it.

/** What IAM says of rights that one simulation answers. */
const groupRights = defineFact<RightReading[], RightGroup>({
  id: 'group-rights',
  what: 'what a role may do',
  actions: [...simulation.actions, ...secretPolicy.actions],
  load: async (context, group) => ofGroup(context, await context.read(judgedRevision), group),
});

const laterRights = defineFact<RightReading[]>({
  id: 'later-rights',
  what: 'what the roles may do with secrets and keys',
  actions: groupRights.actions,
  load: async (context) => laterReadings(context, await context.read(judgedRevision)),
});

/** What IAM says of the calls that the program was refused, by its log. */
const refusedRights = defineFact<RightReading[]>({
  id: 'refused-rights',
  what: 'what the program was refused',
  actions: [...groupRights.actions, ...crashLogs.actions],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const logs = await context.settle(crashLogs);
    return readings(context, logs.ok ? appRights(logs.value, revision.taskRoleArn) : [], revision);
  },
});

/** What IAM says of every right that the revision needs. */
export const roleRights = defineFact<RightReading[]>({
  id: 'role-rights',
  what: 'what the roles may do',
  actions: [...simulation.actions, ...secretPolicy.actions, ...crashLogs.actions],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const known = rightsOf(revision.definition, revision);
    const [direct, later, refused] = await Promise.all([
      readings(
        context,
        known.filter(({ lookup }) => lookup === undefined),
        revision,
      ),
      context.read(laterRights),
      context.read(refusedRights),
    ]);
    return [...direct, ...later, ...refused];
  },
});

/** Rights on secrets whose ARN and key are known only when they have been described. */
async function laterReadings(context: FactContext, revision: JudgedRevision): Promise<RightReading[]> {
  const { definition, home } = revision;
  const known = rightsOf(definition, revision);
  const needed = referencesOf(definition, home).secrets;
  const described = await context.settle(describedSecrets);
  if (!described.ok) return [];
  const early = [...resolvedRights(known, described.value), ...keyRights(needed, described.value, home)];
  const [first, whole] = await Promise.all([
    readings(context, early, revision),
    context.settle(neededSecrets),
  ]);
  const keys = whole.ok ? keyRights(needed, whole.value, home) : [];
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
  return [...first, ...rest].filter(
    ({ right }) => right.kind !== 'key' || !whole.ok || customer.has(right.resource),
  );
}

/** ARNs by which a customer's key may be asked about; one that could not be described is taken for such. */
function keyArns(state: Read<SecretState | ParameterState>): string[] {
  const key = state.ok ? state.value.key : undefined;
  if (!key) return [];
  return key.key.ok && key.key.value ? [key.key.value.arn] : [key.id];
}

/** Role of a right as the revision names it. */
export function roleArnOf(
  { executionRoleArn, taskRoleArn }: JudgedRevision,
  of: Right['role'],
): string | undefined {
  return of === 'execution' ? executionRoleArn : taskRoleArn;
}

async function readings(
  { read }: FactContext,
  rights: readonly Right[],
  revision: JudgedRevision,
): Promise<RightReading[]> {
  const askable = distinctRights(rights).filter((right) => roleArnOf(revision, right.role) !== undefined);
  const groups = groupsOf(askable, revision.home, (of) => roleArnOf(revision, of) ?? '');
  return (await Promise.all(groups.map((group) => read(groupRights, group)))).flat();
}

async function ofGroup(
  context: FactContext,
  revision: JudgedRevision,
  group: RightGroup,
): Promise<RightReading[]> {
  const roleArn = roleArnOf(revision, group.role) ?? '';
  const { actions, resources } = group;
  const settled = await context.settle(
    simulation,
    simulationKey({ roleArn, actions, resources, context: group.context }),
  );
  return Promise.all(
    group.rights.map(async (right) => {
      const what = `whether the ${right.role} role may ${right.action} on ${right.thing}`;
      const reading = partOf(
        what,
        settled.ok
          ? { ok: true, value: readSimulation(settled.value, right.action, right.resource) }
          : settled,
      );
      const second = reading.ok ? await secondReading(context, revision, right, reading.value) : reading;
      return { right, reading: second, ...(await policyOf(context, right, second)) };
    }),
  );
}

/** A condition on a tag of the role or of the secret can be decided once the tags are known. */
async function secondReading(
  context: FactContext,
  revision: JudgedRevision,
  right: Right,
  first: SimulationReading,
): Promise<Read<SimulationReading>> {
  if (first.answer !== 'open' || first.missingContext.length === 0) return { ok: true, value: first };
  const roleArn = roleArnOf(revision, right.role) ?? '';
  const known = await tagsKnown(context, roleArn, right);
  const told = first.missingContext.map((key) => [key, known[key.toLowerCase()]] as const);
  if (told.some(([, value]) => value === undefined)) return { ok: true, value: first };
  const more = Object.fromEntries(told.map(([key, value]) => [key, value ?? '']));
  const settled = await context.settle(
    simulation,
    simulationKey({
      roleArn,
      actions: [right.action],
      resources: [right.resource],
      context: { ...commonContext([right], revision.home, roleArn), ...right.context, ...more },
    }),
  );
  if (!settled.ok) return { ok: true, value: first };
  return { ok: true, value: readSimulation(settled.value, right.action, right.resource) };
}

/** Condition keys in lower case: that is how they are compared. */
async function tagsKnown(
  { settle }: FactContext,
  roleArn: string,
  right: Right,
): Promise<Record<string, string>> {
  const [of, secrets] = await Promise.all([
    settle(role, roleArn),
    right.kind === 'secret' ? settle(describedSecrets) : undefined,
  ]);
  const own = of.ok && !of.value.missing ? Object.entries(of.value.tags) : [];
  const states = secrets?.ok ? Object.values(secrets.value.secrets) : [];
  const secret = states
    .flatMap((state) => (state.ok && state.value.secret ? [state.value.secret] : []))
    .find(({ ARN }) => ARN === right.resource);
  const tags = Object.entries(secret?.tags ?? {});
  return Object.fromEntries([
    ...own.map(([key, value]) => [`aws:principaltag/${key}`.toLowerCase(), value]),
    ...tags.map(([key, value]) => [`aws:resourcetag/${key}`.toLowerCase(), value]),
    ...tags.map(([key, value]) => [`secretsmanager:resourcetag/${key}`.toLowerCase(), value]),
  ]);
}

/** Where no policy of the role allows it, the secret's own may; it is asked for only then. */
async function policyOf(
  { settle, target }: FactContext,
  { kind, resource, thing }: Right,
  reading: Read<SimulationReading>,
): Promise<Pick<RightReading, 'policy'>> {
  const [, , , region = '', account] = resource.split(':');
  if (kind !== 'secret' || account !== target.account) return {};
  if (!reading.ok || reading.value.answer !== 'missing') return {};
  return {
    policy: partOf(`the policy of the secret ${thing}`, await settle(secretPolicy, { id: resource, region })),
  };
}
