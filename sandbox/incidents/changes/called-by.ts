import type { Event } from '@aws-sdk/client-cloudtrail';
import { roleArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import type { Place } from '../incident.ts';

/** A call as CloudTrail records it, made by a person who has assumed the role `deploy`. */
export function calledBy(
  place: Place,
  person: string,
  at: Date,
  name: string,
  requestParameters: Record<string, unknown>,
  about: { source?: string; resources?: Event['Resources'] } = {},
): Event {
  const source = about.source ?? 'ecs.amazonaws.com';
  const arn = roleArn(place, 'deploy').replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  const id = uuid(`${name} ${person} ${JSON.stringify(requestParameters)}`);
  return {
    EventId: id,
    EventName: name,
    ReadOnly: 'false',
    EventTime: at,
    EventSource: source,
    Username: person,
    Resources: about.resources ?? [],
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: { type: 'AssumedRole', arn: `${arn}/${person}`, accountId: place.account },
      eventTime: at.toISOString(),
      eventSource: source,
      eventName: name,
      awsRegion: place.region,
      requestParameters,
      eventID: id,
      readOnly: false,
      eventType: 'AwsApiCall',
    }),
  };
}
