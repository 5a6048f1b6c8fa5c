import type {
  Event,
  LookupAttribute,
  LookupEventsRequest,
  LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const trailOperations: Record<string, Operation> = { LookupEvents: overWorld(lookupEvents) };

/** CloudTrail takes one attribute, and answers 50 events at most, the newest first. */
const pageSize = 50;

function lookupEvents(input: LookupEventsRequest, { world }: Account): LookupEventsResponse {
  const { LookupAttributes = [], StartTime, EndTime, MaxResults = pageSize, NextToken } = input;
  if (LookupAttributes.length > 1 || MaxResults > pageSize)
    throw new AwsError('InvalidLookupAttributesException', 'Only one lookup attribute can be given.');
  if (StartTime && EndTime && StartTime > EndTime)
    throw new AwsError('InvalidTimeRangeException', 'The start time is after the end time.');
  const found = (world.trailEvents ?? [])
    .filter((event) => LookupAttributes.every((attribute) => isMeant(event, attribute)))
    .filter(
      ({ EventTime }) =>
        EventTime && (!StartTime || EventTime >= StartTime) && (!EndTime || EventTime <= EndTime),
    )
    .toSorted((a, b) => (b.EventTime?.getTime() ?? 0) - (a.EventTime?.getTime() ?? 0));
  const { items, nextToken } = pageOf(found, 'events', NextToken, MaxResults, invalidToken);
  return { Events: items, NextToken: nextToken };
}

function invalidToken(): Error {
  return new AwsError('InvalidNextTokenException', 'Invalid token.');
}

function isMeant(event: Event, { AttributeKey, AttributeValue }: LookupAttribute): boolean {
  if (AttributeKey === 'ResourceName')
    return (event.Resources ?? []).some(({ ResourceName }) => ResourceName === AttributeValue);
  const fields = {
    EventId: event.EventId,
    EventName: event.EventName,
    EventSource: event.EventSource,
    ReadOnly: event.ReadOnly,
    Username: event.Username,
    AccessKeyId: event.AccessKeyId,
    ResourceType: event.Resources?.[0]?.ResourceType,
  };
  return AttributeKey !== undefined && fields[AttributeKey] === AttributeValue;
}
