import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { FactContext } from '../../fact.ts';
import { homeOf, referencesOf } from '../../secret-references/references.ts';
import {
  type ParameterReference,
  type SecretReference,
  secretKeyOf,
} from '../../secret-references/value-from.ts';
import { parameters } from '../access/parameters.ts';
import { secret } from '../access/secret.ts';
import { partOf, type Read } from '../read.ts';

/** A secret or a parameter that tasks read as they start; of each only what it says of itself, never its value. */
export interface ReadValue {
  kind: 'secret' | 'parameter';
  name: string;
  /** As the task definition has it, without key, stage and version. */
  id: string;
  region: string;
  /** Undefined: there is none, or it is not listed here. */
  state: Read<{ changedAt?: Date; deleted: boolean } | undefined>;
}

/** A call each for secrets; parameters are listed fifty at once. */
const secretsAtMost = 10;

export const valueActions = [...secret.actions, ...parameters.actions];

type Context = Pick<FactContext, 'settle' | 'target'>;

/** The secrets and parameters that a revision's tasks read; of those that are not looked at, that they are not. */
export async function valuesOf(context: Context, definition: TaskDefinition): Promise<ReadValue[]> {
  const home = homeOf(definition, context.target);
  const references = referencesOf(definition, home).secrets.map(({ reference }) => reference);
  const parametersNamed = references.filter((one): one is ParameterReference => one.kind === 'parameter');
  const secrets = [
    ...references.filter((one): one is SecretReference => one.kind === 'secret'),
    ...parametersNamed.flatMap(({ secretName, region }) =>
      secretName === undefined ? [] : [{ id: secretName, region, name: secretName }],
    ),
  ];
  const named = parametersNamed.filter(({ secretName }) => secretName === undefined);
  const [described, listed] = await Promise.all([
    secretStates(context, secrets),
    parameterStates(
      context,
      named.filter(({ account }) => account === home.account),
    ),
  ]);
  const elsewhere = named.filter(({ account }) => account !== home.account);
  return [...described, ...listed, ...new Map(elsewhere.map((one) => [one.arn, ofOther(one)])).values()];
}

function ofOther({ names: [name], arn: id, region, account }: ParameterReference): ReadValue {
  const check = `when the parameter ${name} was changed`;
  const detail = `it belongs to the account ${account}, and only that one lists it`;
  return {
    kind: 'parameter',
    name,
    id,
    region,
    state: { ok: false, notChecked: { check, reason: 'Failed', detail } },
  };
}

function secretStates(
  { settle }: Context,
  references: readonly Pick<SecretReference, 'id' | 'region' | 'name'>[],
): Promise<ReadValue[]> {
  const distinct = [...new Map(references.map((one) => [secretKeyOf(one), one])).values()];
  return Promise.all(
    distinct.map(async ({ id, region, name }, index): Promise<ReadValue> => {
      const check = `when the secret ${name} was changed`;
      const detail = `only ${secretsAtMost} secrets are looked at`;
      if (index >= secretsAtMost) {
        const state = { ok: false as const, notChecked: { check, reason: 'Failed', detail } };
        return { kind: 'secret', name, id, region, state };
      }
      const found = partOf(check, await settle(secret, { id, region }));
      const { LastChangedDate: changedAt, DeletedDate } = (found.ok && found.value) || {};
      const state = found.ok
        ? {
            ok: true as const,
            value: found.value && { ...(changedAt && { changedAt }), deleted: DeletedDate !== undefined },
          }
        : found;
      return { kind: 'secret', name, id, region, state };
    }),
  );
}

async function parameterStates(
  { settle }: Context,
  references: readonly ParameterReference[],
): Promise<ReadValue[]> {
  const distinct = [...new Map(references.map((one) => [one.arn, one])).values()];
  const regions = [...new Set(distinct.map(({ region }) => region))];
  const read = await Promise.all(
    regions.map(async (region) => {
      const own = distinct.filter((one) => one.region === region);
      const names = [...new Set(own.flatMap((one) => one.names))].sort();
      const listed = partOf('when the parameters were changed', await settle(parameters, { region, names }));
      return own.map(({ names: [name, ...others], arn }): ReadValue => {
        if (!listed.ok) return { kind: 'parameter', name, id: arn, region, state: listed };
        const found = listed.value.find(({ Name = '' }) => [name, ...others].includes(Name));
        const changedAt = found?.LastModifiedDate;
        const value = found && { ...(changedAt && { changedAt }), deleted: false };
        return { kind: 'parameter', name: found?.Name ?? name, id: arn, region, state: { ok: true, value } };
      });
    }),
  );
  return read.flat();
}
