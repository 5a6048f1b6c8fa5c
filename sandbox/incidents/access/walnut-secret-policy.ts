import { ecrImage, roleArn, secretArn } from '../build/names.ts';
import { roleWithout } from '../build/shared-roles.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** No policy of the role allows it, and the secret's own policy does: within one account either is enough. */
export const walnutSecretPolicy: Incident = {
  name: 'walnut-secret-policy',
  title: 'walnut reads its secret by the policy of the secret alone',
  environment: 'prod',
  ask: 'iam walnut prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/walnut/shell', 'd8Mw4C');
    const role = roleArn(place, 'walnut-execution');
    const world = standing(place, now, {
      service: 'walnut',
      ago: days(11),
      desired: 2,
      version: {
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'walnut', '7.0.2'),
            memory: 512,
            port: 8080,
            secrets: { SHELL: secret },
          },
        ],
      },
    });
    return {
      ...world,
      roles: [roleWithout(place, role, world, 'secretsmanager:GetSecretValue')],
      secretPolicies: {
        [secret]: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: role },
              Action: 'secretsmanager:GetSecretValue',
              Resource: '*',
            },
          ],
        }),
      },
    };
  },
};
