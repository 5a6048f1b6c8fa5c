import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import { defineFact, type FactContext } from '../../fact.ts';
import { referencesOf } from '../../secret-references/references.ts';
import {
  type Home,
  type ParameterReference,
  type Reference,
  type SecretReference,
  secretKeyOf,
} from '../../secret-references/value-from.ts';
import { partOf, type Read } from '../read.ts';
import { type EncryptionKey, encryptionKey, keyPolicy } from './encryption-key.ts';
import { judgedRevision } from './judged-revision.ts';
import { parameters } from './parameters.ts';
import { type SecretFact, secret } from './secret.ts';

/** A secret that was named and is not there, and what there is in its place. */
export interface SecretState {
  secret: SecretFact;
  /** ARN of a secret of the same name: made anew, or in the region of the task. */
  namesake?: string | undefined;
  key?: KeyState;
}

export interface ParameterState {
  /** Undefined: not listed. Those that other accounts share are not. */
  parameter: ParameterMetadata | undefined;
  /** ARN of a secret of this name, which was meant where a name stands without its ARN. */
  namesake?: string | undefined;
  key?: KeyState;
}

/** A key of the customer's own. Those that AWS manages let everybody in the account through and are not looked at. */
export interface KeyState {
  /** As the secret or parameter names it. */
  id: string;
  region: string;
  key: Read<EncryptionKey | undefined>;
  /** JSON text. */
  policy: Read<string>;
}

export interface NeededSecrets {
  /** By the reference's `id` in its region: `id@region`. */
  secrets: Record<string, Read<SecretState>>;
  /** By ARN. */
  parameters: Record<string, Read<ParameterState>>;
}

/** A call each; what a task definition names beyond them is told as not looked at. */
const secretsAtMost = 40;

/** Every secret and parameter that the revision names, by metadata alone; of their keys only what they say themselves. */
export const describedSecrets = defineFact<NeededSecrets>({
  id: 'described-secrets',
  what: 'the secrets that the task definition names',
  actions: [...secret.actions, ...parameters.actions],
  async load(context) {
    const { definition, home } = await context.read(judgedRevision);
    const references = referencesOf(definition, home).secrets.map(({ reference }) => reference);
    const [secrets, states] = await Promise.all([
      statesOf(context, distinctSecrets(references), home),
      // Parameters of another account are listed in none but that one.
      parameterStates(
        context,
        references.filter(isParameter).filter(({ account }) => account === home.account),
        home.region,
      ),
    ]);
    return { secrets, parameters: states };
  },
});

/** The same with the keys that they lie under. */
export const neededSecrets = defineFact<NeededSecrets>({
  id: 'needed-secrets',
  what: 'the secrets that the task definition names',
  actions: [...describedSecrets.actions, ...encryptionKey.actions, ...keyPolicy.actions],
  async load(context) {
    const { secrets, parameters: states } = await context.read(describedSecrets);
    return {
      secrets: await withKeys(context, secrets, ({ secret: found }) => [
        found?.KmsKeyId,
        regionIn(found?.ARN),
      ]),
      parameters: await withKeys(context, states, ({ parameter }) => [
        parameter?.KeyId,
        regionIn(parameter?.ARN),
      ]),
    };
  },
});

async function withKeys<State extends SecretState | ParameterState>(
  context: FactContext,
  states: Record<string, Read<State>>,
  keyOf: (state: State) => [id: string | undefined, region: string | undefined],
): Promise<Record<string, Read<State>>> {
  const entries = await Promise.all(
    Object.entries(states).map(async ([name, state]) => {
      if (!state.ok) return [name, state] as const;
      const [id, region = context.target.region] = keyOf(state.value);
      const key = await keyState(context, id, region);
      return [name, { ok: true, value: { ...state.value, ...(key && { key }) } }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function regionIn(arn: string | undefined): string | undefined {
  return arn?.split(':')[3] || undefined;
}

function isParameter(reference: Reference): reference is ParameterReference {
  return reference.kind === 'parameter';
}

function distinctSecrets(references: readonly Reference[]): SecretReference[] {
  const secrets = references.filter((reference) => reference.kind === 'secret');
  return [...new Map(secrets.map((reference) => [secretKeyOf(reference), reference])).values()];
}

async function statesOf(
  context: FactContext,
  references: readonly SecretReference[],
  home: Home,
): Promise<Record<string, Read<SecretState>>> {
  const states = await Promise.all(
    references.map(async (reference, index) => {
      const what = `the secret ${reference.name}`;
      if (index >= secretsAtMost) return [secretKeyOf(reference), tooMany(what)] as const;
      const found = partOf(
        what,
        await context.settle(secret, { id: reference.id, region: reference.region }),
      );
      if (!found.ok) return [secretKeyOf(reference), found] as const;
      const value: SecretState = found.value
        ? { secret: found.value }
        : { secret: undefined, namesake: await namesake(context, reference, home) };
      return [secretKeyOf(reference), { ok: true, value }] as const;
    }),
  );
  return Object.fromEntries(states);
}

function tooMany(check: string): Read<SecretState> {
  const detail = `more than ${secretsAtMost} secrets are named, and the others were not looked at`;
  return { ok: false, notChecked: { check, reason: 'Failed', detail } };
}

/** A secret that was deleted and made anew has another ARN; one that was copied from elsewhere another region. */
async function namesake(
  { settle }: FactContext,
  { name, suffix, region, account }: SecretReference,
  home: Home,
): Promise<string | undefined> {
  // A name is sought in the own account alone.
  if (account !== home.account) return undefined;
  const places = [...(suffix === 'name' ? [] : [region]), ...(region === home.region ? [] : [home.region])];
  const found = await Promise.all(places.map((place) => settle(secret, { id: name, region: place })));
  return found.flatMap((settled) => (settled.ok && settled.value?.ARN ? [settled.value.ARN] : []))[0];
}

async function parameterStates(
  context: FactContext,
  references: readonly ParameterReference[],
  home: string,
): Promise<Record<string, Read<ParameterState>>> {
  const listable = references.filter(({ secretName }) => secretName === undefined);
  const regions = [...new Set(listable.map(({ region }) => region))];
  const listed = await Promise.all(
    regions.map(async (region) => {
      const own = listable.filter((reference) => reference.region === region);
      const names = [...new Set(own.flatMap((reference) => reference.names))].sort();
      const found = partOf('the parameters', await context.settle(parameters, { region, names }));
      return Promise.all(
        own.map(async (reference) => {
          if (!found.ok) return [reference.arn, found] as const;
          const parameter = found.value.find(({ Name = '' }) => reference.names.includes(Name));
          const value: ParameterState = parameter
            ? { parameter }
            : { parameter, namesake: await secretOfName(context, reference, home) };
          return [reference.arn, { ok: true, value }] as const;
        }),
      );
    }),
  );
  return Object.fromEntries(listed.flat());
}

async function secretOfName(
  { settle }: FactContext,
  { bare, names: [name] }: ParameterReference,
  region: string,
): Promise<string | undefined> {
  if (!bare) return undefined;
  const settled = await settle(secret, { id: name, region });
  return settled.ok ? settled.value?.ARN : undefined;
}

async function keyState(
  { settle }: FactContext,
  id: string | undefined,
  region: string,
): Promise<KeyState | undefined> {
  if (id === undefined || /(?:^|:)alias\/aws\//.test(id)) return undefined;
  // GetKeyPolicy takes no alias. A key is seldom named by one, and then its own answer says which it is.
  const early = id.includes('alias/') ? undefined : settle(keyPolicy, { id, region });
  const described = await settle(encryptionKey, { id, region });
  const value = described.ok ? described.value : undefined;
  if (value?.manager === 'AWS') return undefined;
  const policy = await (early ?? settle(keyPolicy, { id: value?.arn ?? id, region }));
  return {
    id,
    region,
    key: partOf(`the key ${id}`, described),
    policy: partOf(`the policy of the key ${id}`, policy),
  };
}
