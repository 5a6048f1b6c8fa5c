import { commonContext, groupsOf, type RightGroup } from '../../access/groups.ts';
import { distinctRights, type Right } from '../../access/right.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import { readSimulation, type SimulationReading } from '../../policy/read-simulation.ts';
import { partOf, type Read } from '../read.ts';
import { role } from '../role.ts';
import { simulation, simulationKey } from '../simulation.ts';
import type { KeyGrants } from './encryption-key.ts';
import { type JudgedRevision, judgedRevision } from './judged-revision.ts';
import { describedSecrets } from './needed-secrets.ts';
import { secretPolicy } from './secret.ts';

/** A right, and what IAM says of it. */
export interface RightReading {
  right: Right;
  reading: Read<SimulationReading>;
  /** JSON text of the policy that hangs on the resource, where it was worth asking for; undefined within: it has none. */
  policy?: Read<string | undefined>;
  /** Of a key, where neither its policy nor the role settles it. */
  grants?: Read<KeyGrants>;
}

/** What IAM says of rights that one simulation answers. */
export const groupRights = defineFact<RightReading[], RightGroup>({
  id: 'group-rights',
  what: 'what a role may do',
  actions: [...simulation.actions, ...secretPolicy.actions],
  load: async (context, group) => ofGroup(context, await context.read(judgedRevision), group),
});

/** ARN of the role that a right is asked of: the one that the revision names, or that of an instance in its place. */
export function roleArnOf(
  { executionRoleArn, taskRoleArn }: JudgedRevision,
  { role: of, by }: Pick<Right, 'role' | 'by'>,
): string | undefined {
  return by?.arn ?? (of === 'execution' ? executionRoleArn : taskRoleArn);
}

export async function readings(
  { read }: FactContext,
  rights: readonly Right[],
  revision: JudgedRevision,
): Promise<RightReading[]> {
  const askable = distinctRights(rights).filter((right) => roleArnOf(revision, right) !== undefined);
  const groups = groupsOf(askable, revision.home, (right) => roleArnOf(revision, right) ?? '');
  return (await Promise.all(groups.map((group) => read(groupRights, group)))).flat();
}

async function ofGroup(
  context: FactContext,
  revision: JudgedRevision,
  group: RightGroup,
): Promise<RightReading[]> {
  const { roleArn, actions, resources } = group;
  const settled = await context.settle(
    simulation,
    simulationKey({ roleArn, actions, resources, context: group.context }),
  );
  return Promise.all(
    group.rights.map(async (right) => {
      const what = `whether the ${right.by ? 'role of the instance' : `${right.role} role`} may ${right.action} on ${right.thing}`;
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
  const roleArn = roleArnOf(revision, right) ?? '';
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
