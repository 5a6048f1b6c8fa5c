import { nobody, type Probe } from './probe.ts';

/** How the action is tried that looks up who made a change. */
export const trailProbes: Readonly<Record<string, Probe>> = {
  'cloudtrail:LookupEvents': (aws) =>
    aws.trail.lookupEvents({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: nobody }],
      MaxResults: 1,
    }),
};
