import { expect, it } from 'vitest';
import { networkDetails } from '#diagnostics/checks/network/details.ts';
import { needsOf } from '#diagnostics/network/needs.ts';
import { surveyOf } from '#diagnostics/network/survey.ts';
import { tables } from '../../network/parts.ts';
import * as here from '../../network/vpc.ts';
import { definition, now } from '../facts.ts';

const hub = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'active' } as const;
const home = { partition: 'aws', region: here.region, account: here.account };

it.each([
  [
    'with the doubt beside a hub',
    tables(hub),
    /has no route to .*\. No private hosted zone .* is not seen\.$/,
  ],
  ['alone without one', tables(), /has no route to (?!.*private hosted zone).*ssmmessages\.$/],
])('a way that is lost is told %s', (_, parts, says) => {
  const topology = here.vpc(parts);
  const placed = [{ ...here.task(), from: 'task' as const }];
  const needs = needsOf(definition(1, []), { home, exec: true, agent: false });
  const lines = surveyOf({ placed, needs, topology, roles: {}, tasks: [], now });
  expect(networkDetails(lines, topology).paths[0]?.says).toMatch(says);
});
