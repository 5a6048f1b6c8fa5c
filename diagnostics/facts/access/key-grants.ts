import { judgeRight } from '../../access/judge-right.ts';
import { keyPolicyOf } from '../../access/key-rights.ts';
import type { FactContext } from '../../fact.ts';
import { partOf } from '../read.ts';
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
      const policy = keyPolicyOf(known, right.resource);
      if (right.kind !== 'key' || !policy?.ok) return reading;
      const roleArn = roleArnOf(revision, right) ?? '';
      const described = await context.settle(role, roleArn);
      const roleId = described.ok && !described.value.missing ? described.value.id : undefined;
      const judged = judgeRight(reading, { account, roleArn, roleId, policyOf: () => policy });
      if (judged.state === 'allowed' || judged.state === 'not-checked' || judged.certain) return reading;
      const region = right.resource.split(':')[3] ?? context.target.region;
      const grants = await context.settle(keyGrants, { id: right.resource, region });
      return { ...reading, grants: partOf(`the grants on the key ${right.resource}`, grants) };
    }),
  );
}
