import { expect, it } from 'vitest';
import { withSubnetNames } from '#diagnostics/network/subnet-names.ts';
import { read, subnet } from './vpc.ts';

const Tags = [{ Key: 'Name', Value: 'private-a' }];
const subnets = read([
  subnet('subnet-0a', '10.0.0.0/24', { AvailabilityZone: 'us-east-1a', Tags }),
  subnet('subnet-0b', '10.0.1.0/24', { AvailabilityZone: 'us-east-1b' }),
  subnet('subnet-0c', '10.0.2.0/24', { Tags }),
]);

it.each([
  ['subnet-0a has no route.', 'subnet-0a (us-east-1a, private-a) has no route.'],
  ['subnet-0b and subnet-0b', 'subnet-0b (us-east-1b) and subnet-0b'],
  ['NAT lies in subnet-0c, not in subnet-0d', 'NAT lies in subnet-0c (private-a), not in subnet-0d'],
  ['arn:aws:ec2:us-east-1:1:subnet/subnet-0z', 'arn:aws:ec2:us-east-1:1:subnet/subnet-0z'],
])('%s is told with zone and name', (text, told) => {
  expect(withSubnetNames(text, { subnets })).toBe(told);
});

it('leaves alone those that are named beside the text', () => {
  expect(withSubnetNames('subnet-0a and subnet-0b', { subnets }, ['subnet-0a'])).toBe(
    'subnet-0a and subnet-0b (us-east-1b)',
  );
});

it('says ids where the subnets were not read', () => {
  expect(withSubnetNames('subnet-0a', { subnets: undefined })).toBe('subnet-0a');
});
