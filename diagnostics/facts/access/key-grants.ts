import type { RightGrounds } from '../../access/judge-right.ts';
import { judgeRight } from '../../access/judge-right.ts';
import { keyPolicyOf } from '../../access/key-rights.ts';
import type { FactContext } from '../../fact.ts';
import { partOf, type Read } from '../read.ts';
import { role } from '../role.ts';
import { keyGrants } from './encryption-key.ts';
import type { JudgedRevision } from './judged-revision.ts';
import type { NeededSecrets } from './needed-secrets.ts';
import { type RightReading, roleArnOf } from './right-readings.ts';

/** The same readings with the grants on each key whose policy was read and does not settle the right. */
export async function withGrants(
  context: FactContext,
  revision: JudgedRevision,
  given: readonly RightReading[],
  known: NeededSecrets,
): Promise<RightReading[]> {
  const { account } = revision.home;
  return Promise.all(
    given.map(async (reading) => {
      const { right } = reading;
      if (right.kind !== 'key') return reading;
      const roleArn = roleArnOf(revision, right) ?? '';
      return withGrantsOf(context, reading, { account, roleArn, policy: keyPolicyOf(known, right.resource) });
    }),
  );
}

interface Grounds extends Pick<RightGrounds, 'account' | 'roleArn'> {
  policy: Read<string> | undefined;
}

/** One reading about a key, with the grants on it where they decide. */
export async function withGrantsOf(
  context: FactContext,
  reading: RightReading,
  { account, roleArn, policy }: Grounds,
): Promise<RightReading> {
  if (!policy?.ok) return reading;
  const described = await context.settle(role, roleArn);
  const roleId = described.ok && !described.value.missing ? described.value.id : undefined;
  const judged = judgeRight(reading, { account, roleArn, roleId, policyOf: () => policy });
  if (judged.state === 'allowed' || judged.state === 'not-checked' || judged.certain) return reading;
  const { resource } = reading.right;
  const region = resource.split(':')[3] ?? context.target.region;
  const grants = await context.settle(keyGrants, { id: resource, region });
  return { ...reading, grants: partOf(`the grants on the key ${resource}`, grants) };
}
