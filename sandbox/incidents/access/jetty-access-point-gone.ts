import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

const accessPoint = 'fsap-0e5b7f90c2d1a4638';
const volumes = [
  {
    name: 'charts',
    efsVolumeConfiguration: {
      fileSystemId: 'fs-0b93e2f7481cd60a5',
      transitEncryption: 'ENABLED' as const,
      authorizationConfig: { accessPointId: accessPoint, iam: 'ENABLED' as const },
    },
  },
];

/** The access point was recreated by a clean-up, and the task definition still names the old one. */
export const jettyAccessPointGone: Incident = {
  name: 'jetty-access-point-gone',
  title: 'jetty:8 mounts through an access point that was deleted',
  environment: 'staging',
  ask: 'why-stopped jetty staging',
  expected: {
    state: 'problem',
    cause: 'efs-access-point-missing',
    status: 'confirmed',
    chain: ['service-start-impaired', 'efs-access-denied', 'efs-access-point-missing'],
  },
  world: (now, place) => ({
    ...refusedStart(place, now, {
      service: 'jetty',
      revision: 7,
      more: { volumes },
      takes: { mountPoints: [{ sourceVolume: 'charts', containerPath: '/charts', readOnly: true }] },
      reason: () =>
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
    }),
    missing: [accessPoint],
  }),
};
