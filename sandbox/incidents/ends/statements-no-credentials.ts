import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The new revision was registered without a task role; the execution role serves no application code. */
export const statementsNoCredentials: Incident = {
  name: 'statements-no-credentials',
  title: 'statements:6 has lost its task role and finds no credentials for S3',
  environment: 'staging',
  ask: 'why-stopped statements staging',
  expected: { state: 'problem', cause: 'app-credentials-missing', status: 'confirmed' },
  world(now, place) {
    const containers = [{ name: 'app', image: ecrImage(place, 'statements', '3.1.4'), memory: 512 }];
    return ended(place, now, {
      service: 'statements',
      good: { revision: 5, ago: days(31), containers },
      bad: { revision: 6, ago: 28, containers, more: { taskRoleArn: undefined } },
      lives: 5.6,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.9, 'statements 3.1.4 starting'],
          [4.7, 'CredentialsProviderError: Could not load credentials from any providers'],
          [4.7, '    at /app/node_modules/@aws-sdk/credential-provider-node/dist-cjs/index.js:121:13'],
        ],
      },
    });
  },
};
