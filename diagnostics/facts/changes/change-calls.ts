import type { Event, LookupAttribute } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { defineFact } from '../../fact.ts';
import { idOf } from '../../words.ts';
import { changeBase } from './change-base.ts';

/** Somebody's call that changed something. */
export interface ChangeCall {
  at: Date;
  /** `UpdateService` */
  name: string;
  /** Whose it was: a user, or a session of a role. */
  by: string;
  /** What it was about. */
  thing: string;
  /** AWS refused it. */
  error?: string;
}

/** CloudTrail answers two calls a second for the whole account and region: no more than these few are made. */
const lookUps = ['UpdateService', 'RegisterTaskDefinition'] as const;
const pageSize = 50;
/** CloudTrail's event history holds 90 days. */
const remembered = 90 * 86_400_000;

const recordSchema = z.looseObject({
  userIdentity: z.looseObject({ arn: z.string().nullish(), invokedBy: z.string().nullish() }).nullish(),
  requestParameters: z
    .looseObject({
      service: z.string().nullish(),
      cluster: z.string().nullish(),
      family: z.string().nullish(),
    })
    .nullish(),
  errorCode: z.string().nullish(),
});

/** Who changed the service and its task definition in the time that is compared. Asked on request only. */
export const changeCalls = defineFact<ChangeCall[] | undefined>({
  id: 'change-calls',
  what: 'who changed it',
  actions: ['cloudtrail:LookupEvents'],
  async load({ aws, read, scope, target }) {
    if (scope.who !== true) return undefined;
    const { compared, service } = await read(changeBase);
    const family = idOf(compared.after.definition ?? service?.taskDefinition).split(':')[0];
    const StartTime = new Date(Math.max(compared.from.getTime(), scope.now.getTime() - remembered));
    const found: ChangeCall[] = [];
    for (const AttributeValue of lookUps) {
      const attribute: LookupAttribute = { AttributeKey: 'EventName', AttributeValue };
      const answer = await aws.trail.lookupEvents({
        LookupAttributes: [attribute],
        StartTime,
        EndTime: compared.to,
        MaxResults: pageSize,
      });
      found.push(...(answer.Events ?? []).flatMap((event) => callOf(event, { ...target, family }) ?? []));
    }
    return found.sort((a, b) => a.at.getTime() - b.at.getTime());
  },
});

function callOf(
  { EventName: name, EventTime: at, Username, CloudTrailEvent }: Event,
  of: { service?: string | undefined; cluster?: string | undefined; family: string | undefined },
): ChangeCall | undefined {
  const record = recordSchema.safeParse(parsed(CloudTrailEvent)).data;
  const { service, family, cluster } = record?.requestParameters ?? {};
  const thing = service === undefined || service === null ? family : idOf(service);
  if (!name || !at || !thing || (thing !== of.service && thing !== of.family)) return undefined;
  // A service of the same name in another cluster is another service.
  if (cluster && idOf(cluster) !== of.cluster) return undefined;
  const by = idOf(record?.userIdentity?.arn ?? undefined) || Username || record?.userIdentity?.invokedBy;
  return { at, name, by: by ?? 'unknown', thing, ...(record?.errorCode && { error: record.errorCode }) };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
