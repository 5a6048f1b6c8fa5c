import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage, roleArn } from '../build/names.ts';
import { roleWithout } from '../build/shared-roles.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const fileSystem = 'fs-09d4a1c07be32f581';
const volumes = [
  {
    name: 'uploads',
    efsVolumeConfiguration: {
      fileSystemId: fileSystem,
      transitEncryption: 'ENABLED' as const,
      authorizationConfig: { accessPointId: 'fsap-02bb41f8c6d7705e9', iam: 'ENABLED' as const },
    },
  },
];

/** The file system is reached, and its policy knows nothing of this task role. */
export const uploadsEfsDenied: Incident = {
  name: 'uploads-efs-denied',
  title: 'the file system of uploads:16 refuses the mount to its task role',
  environment: 'staging',
  ask: 'why-stopped uploads staging',
  expected: { state: 'problem', cause: 'efs-access-denied', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'uploads', '6.1.0'), memory: 512 };
    const mountPoints = [{ sourceVolume: 'uploads', containerPath: '/srv/uploads', readOnly: false }];
    const world = failedStarts(place, now, {
      service: 'uploads',
      good: { revision: 15, ago: days(70), containers: [container] },
      bad: { revision: 16, ago: 20, containers: [{ ...container, mountPoints }], more: { volumes } },
      during: 'init',
      givesUpAfter: 39,
      reason: () =>
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
    });
    const role = roleArn(place, 'uploads-task');
    return {
      ...world,
      roles: [roleWithout(place, role, world, 'elasticfilesystem:ClientMount')],
      fileSystemPolicies: {
        [fileSystem]: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Importers',
              Effect: 'Allow',
              Principal: { AWS: roleArn(place, 'media-import') },
              Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
              Resource: '*',
            },
          ],
        }),
      },
    };
  },
};
