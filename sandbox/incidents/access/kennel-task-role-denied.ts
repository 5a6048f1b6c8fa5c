import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { hex } from '../build/seeded.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The program writes to a bucket that its task role does not know; the execution role has nothing to do with it. */
export const kennelTaskRoleDenied: Incident = {
  name: 'kennel-task-role-denied',
  title: 'the task role of kennel:27 may not write to the bucket that the new version uses',
  environment: 'prod',
  ask: 'why-stopped kennel prod',
  expected: { state: 'problem', cause: 'app-credentials-missing', status: 'likely' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'kennel', tag), memory: 1024 });
    const who = `arn:aws:sts::${place.account}:assumed-role/kennel-task/${hex('kennel session', 32)}`;
    return ended(place, now, {
      service: 'kennel',
      good: { revision: 26, ago: days(9), containers: [container('5.0.3')] },
      bad: { revision: 27, ago: 28, containers: [container('5.1.0')] },
      lives: 7.2,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.8, 'kennel 5.1.0 starting'],
          [
            6.4,
            `AccessDenied: User: ${who} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme-prod-kennel-photos/healthcheck" because no identity-based policy allows the s3:PutObject action`,
          ],
          [
            6.5,
            '    at throwDefaultError (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:388:20)',
          ],
        ],
      },
    });
  },
};
