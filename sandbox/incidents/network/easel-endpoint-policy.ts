import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** The layers of images lie in a bucket that belongs to AWS, which the policy of the endpoint forgot. */
export const easelEndpointPolicy: Incident = {
  name: 'easel-endpoint-policy',
  title: 'the S3 endpoint of easel lets only the buckets of the account pass',
  environment: 'staging',
  ask: 'network easel staging',
  expected: { state: 'problem', cause: 'network-endpoint-policy-denied', status: 'confirmed' },
  world(now, place) {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OwnBuckets',
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::easel-*', 'arn:aws:s3:::easel-*/*'],
        },
      ],
    });
    return inOwnVpc(place, {
      service: 'easel',
      world: quietService(place, now, 'easel', {
        revision: 7,
        tag: '0.7.7',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network) => ({
          ...network,
          vpcEndpoints: network.vpcEndpoints?.map((one) => ({ ...one, PolicyDocument: policy })),
        }),
      ],
    });
  },
};
