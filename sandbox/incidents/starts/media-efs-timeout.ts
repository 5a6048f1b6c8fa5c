import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const volumes = [
  {
    name: 'library',
    efsVolumeConfiguration: { fileSystemId: 'fs-0c1f52b7d3e84a960', transitEncryption: 'ENABLED' as const },
  },
];

/** The mount target admits NFS from the old security group alone. */
export const mediaEfsTimeout: Incident = {
  name: 'media-efs-timeout',
  title: 'media:21 mounts a file system that does not answer on port 2049',
  environment: 'prod',
  ask: 'why-stopped media prod',
  expected: { state: 'problem', cause: 'efs-mount-timeout', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'media', '3.8.0'), memory: 1024 };
    const mountPoints = [{ sourceVolume: 'library', containerPath: '/library', readOnly: false }];
    return failedStarts(place, now, {
      service: 'media',
      good: { revision: 20, ago: days(19), containers: [container] },
      bad: { revision: 21, ago: 33, containers: [{ ...container, mountPoints }], more: { volumes } },
      during: 'init',
      givesUpAfter: 188,
      tries: [32, 25, 15],
      reason: () =>
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32",
    });
  },
};
