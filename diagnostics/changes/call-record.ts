import type { Event } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { cut, idOf, listed } from '../words.ts';
import { principalName, withoutAddress } from './principal.ts';

/** Somebody's call that changed something. */
export interface ChangeCall {
  at: Date;
  /** `UpdateService` */
  name: string;
  /** Whose it was: a user, or a session of a role. */
  by: string;
  /** What it was about. */
  thing: string;
  /** What of it was changed, never to which value. */
  detail?: string;
  /** AWS refused it. */
  error?: string;
}

const text = z.string().nullish();
const items = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ items: z.array(item).nullish() }).nullish();

const permissionSchema = z.looseObject({
  ipProtocol: text,
  fromPort: z.number().nullish(),
  toPort: z.number().nullish(),
  groups: items(z.looseObject({ groupId: text })),
  ipRanges: items(z.looseObject({ cidrIp: text })),
  ipv6Ranges: items(z.looseObject({ cidrIpv6: text })),
  prefixListIds: items(z.looseObject({ prefixListId: text })),
});

const parametersSchema = z.looseObject({
  service: text,
  cluster: text,
  family: text,
  groupId: text,
  ipPermissions: items(permissionSchema),
  roleName: text,
  policyName: text,
  policyArn: text,
  secretId: text,
  name: text,
});

const recordSchema = z.looseObject({
  userIdentity: z
    .looseObject({ type: text, arn: text, userName: text, principalId: text, invokedBy: text })
    .nullish()
    .catch(undefined),
  // Other services have calls of the same name, whose parameters are others.
  requestParameters: parametersSchema.nullish().catch(undefined),
  errorCode: text,
});
type Parameters = NonNullable<z.infer<typeof recordSchema>['requestParameters']>;

/** An event as CloudTrail keeps it, with what it was asked to do. Parts that are not as expected are left out. */
export interface CallRecord extends Omit<ChangeCall, 'thing'> {
  id: string;
  parameters: Parameters;
}

/** Undefined where the event has no name or no time. */
export function recordOf({
  EventId,
  EventName,
  EventTime,
  Username,
  CloudTrailEvent,
}: Event): CallRecord | undefined {
  if (!EventName || !EventTime) return undefined;
  const record = recordSchema.safeParse(parsed(CloudTrailEvent)).data;
  const parameters = record?.requestParameters ?? {};
  const detail = detailOf(parameters);
  return {
    id: EventId ?? `${EventName} ${EventTime.getTime()}`,
    at: EventTime,
    name: EventName,
    by: calledBy(record?.userIdentity, Username),
    parameters,
    ...(detail !== '' && { detail }),
    ...(record?.errorCode && { error: record.errorCode }),
  };
}

function parsed(written: string | undefined): unknown {
  try {
    return JSON.parse(written ?? '');
  } catch {
    return undefined;
  }
}

/** Never an access key, which stands in the place of a name where there is none. */
function calledBy(
  identity: z.infer<typeof recordSchema>['userIdentity'],
  username: string | undefined,
): string {
  const { type, arn, userName, invokedBy } = identity ?? {};
  if (type === 'Root') return 'root';
  const name = withoutAddress(userName ?? (principalName(arn ?? undefined) || username || ''));
  return name !== '' && !/^A(?:KIA|SIA|ROA|IDA)[A-Z0-9]{12,}/.test(name) ? name : (invokedBy ?? 'unknown');
}

/** `tcp 443 from 10.0.0.0/16`, `policy read-secrets`. */
function detailOf({ ipPermissions, policyName, policyArn }: Parameters): string {
  const rules = (ipPermissions?.items ?? []).map((permission) => {
    const { ipProtocol, fromPort, toPort } = permission;
    const protocol = !ipProtocol || ipProtocol === '-1' ? 'everything' : ipProtocol;
    const ports =
      fromPort === undefined || fromPort === null || fromPort < 0
        ? ''
        : fromPort === toPort || toPort === undefined || toPort === null
          ? ` ${fromPort}`
          : ` ${fromPort} to ${toPort}`;
    const sides = [
      ...(permission.groups?.items ?? []).map(({ groupId }) => groupId),
      ...(permission.ipRanges?.items ?? []).map(({ cidrIp }) => cidrIp),
      ...(permission.ipv6Ranges?.items ?? []).map(({ cidrIpv6 }) => cidrIpv6),
      ...(permission.prefixListIds?.items ?? []).map(({ prefixListId }) => prefixListId),
    ].flatMap((side) => side ?? []);
    return `${protocol}${ports}${sides.length === 0 ? '' : `, ${listed(sides.slice(0, 3))}`}`;
  });
  const policy = policyName ?? (policyArn ? idOf(policyArn) : undefined);
  return cut([...rules.slice(0, 3), ...(policy ? [`policy ${policy}`] : [])].join('; '), 120);
}
