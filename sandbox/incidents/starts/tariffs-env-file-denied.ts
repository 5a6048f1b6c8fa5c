import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage, idOf, roleArn } from '../build/names.ts';
import { shortId } from '../build/seeded.ts';
import { roleWithout } from '../build/shared-roles.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The variables moved to a file in S3 that the execution role may not read. */
export const tariffsEnvFileDenied: Incident = {
  name: 'tariffs-env-file-denied',
  title: 'tariffs:15 takes its variables from a file that its execution role may not read',
  environment: 'staging',
  ask: 'why-stopped tariffs staging',
  expected: { state: 'problem', cause: 'env-file-unreadable', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'tariffs', '10.0.2');
    const file = 'acme-staging-config/tariffs/staging.env';
    const world = failedStarts(place, now, {
      service: 'tariffs',
      good: {
        revision: 14,
        ago: days(60),
        containers: [{ name: 'app', image, memory: 512, environment: { RATES: 'ecb' } }],
      },
      bad: {
        revision: 15,
        ago: 20,
        containers: [
          {
            name: 'app',
            image,
            memory: 512,
            environmentFiles: [{ type: 's3', value: `arn:aws:s3:::${file}` }],
          },
        ],
      },
      during: 'init',
      givesUpAfter: 27,
      reason: (task) =>
        `ResourceInitializationError: failed to download env files: file download command: non empty error stream: AccessDenied: User: arn:aws:sts::${place.account}:assumed-role/tariffs-execution/${idOf(task)} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${file}" because no identity-based policy allows the s3:GetObject action status code: 403, request id: ${shortId(idOf(task)).slice(0, 16).toUpperCase()}`,
    });
    const role = roleArn(place, 'tariffs-execution');
    return { ...world, roles: [roleWithout(place, role, world, 's3:GetObject')] };
  },
};
