import { pair, tcp } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

/** Half of each of the three private subnets. */
const halves = ['10.30.0.0/19', '10.30.64.0/19', '10.30.128.0/19'];

export const pontoonPartOfSubnet: Incident = {
  name: 'pontoon-part-of-subnet',
  title: 'moorings admits a part of the addresses that the tasks of pontoon can have',
  environment: 'staging',
  ask: 'connect pontoon moorings staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    const part = tcp(8080, { IpRanges: halves.map((CidrIp) => ({ CidrIp })) });
    return pair(place, now, [{ service: 'pontoon' }, { service: 'moorings', inbound: [part] }]);
  },
};
