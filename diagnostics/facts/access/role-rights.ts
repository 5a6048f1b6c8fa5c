import { appRights } from '../../access/app-rights.ts';
import { commonContext, groupsOf, type RightGroup } from '../../access/groups.ts';
import { keyRights, resolvedRights } from '../../access/key-rights.ts';
import { distinctRights, type Right } from '../../access/right.ts';
import { rightsOf } from '../../access/rights.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import { readSimulation, type SimulationReading } from '../../policy/read-simulation.ts';
import { referencesOf } from '../../secret-references/references.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { role } from '../role.ts';
import { simulation, simulationKey } from '../simulation.ts';
import { type JudgedRevision, judgedRevision } from './judged-revision.ts';
import { neededSecrets } from './needed-secrets.ts';
import { secretPolicy } from './secret.ts';

/** A right, and what IAM says of it. */
export interface RightReading {
  right: Right;
  reading: Read<SimulationReading>;
  /** JSON text of the policy that hangs on the resource, where it was worth asking for; undefined within: it has none. */
  policy?: Read<string | undefined>;
}

/** What IAM says of every right that the revision needs. */
export const roleRights = defineFact<RightReading[]>({
  id: 'role-rights',
  what: 'what the roles may do',
  actions: [...simulation.actions, ...secretPolicy.actions, ...crashLogs.actions],
  async load(context) {
    const revision = await context.read(judgedRevision);
    const { definition, home } = revision;
    const known = rightsOf(definition, revision);
    const [direct, keys, calls] = await Promise.all([
      readings(
        context,
        revision,
        known.filter(({ lookup }) => lookup === undefined),
      ),
      context.settle(neededSecrets).then((secrets) => {
        if (!secrets.ok) return [];
        const needed = referencesOf(definition, home).secrets;
        const later = [...resolvedRights(known, secrets.value), ...keyRights(needed, secrets.value)];
        return readings(context, revision, later);
      }),
      context
        .settle(crashLogs)
        .then((logs) =>
          readings(context, revision, logs.ok ? appRights(logs.value, revision.taskRoleArn) : []),
        ),
    ]);
    return [...direct, ...keys, ...calls];
  },
});

/** Role of a right as the revision names it. */
export function roleArnOf(
  { executionRoleArn, taskRoleArn }: JudgedRevision,
  of: Right['role'],
): string | undefined {
  return of === 'execution' ? executionRoleArn : taskRoleArn;
}

async function readings(
  context: FactContext,
  revision: JudgedRevision,
  rights: readonly Right[],
): Promise<RightReading[]> {
  const askable = distinctRights(rights).filter((right) => roleArnOf(revision, right.role) !== undefined);
  const groups = groupsOf(askable, revision.home, (of) => roleArnOf(revision, of) ?? '');
  return (await Promise.all(groups.map((group) => ofGroup(context, revision, group)))).flat();
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
    right.kind === 'secret' ? settle(neededSecrets) : undefined,
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
