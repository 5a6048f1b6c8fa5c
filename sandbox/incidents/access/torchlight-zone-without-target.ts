import { mountTarget } from '../build/shared-volumes.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

const fileSystem = 'fs-07a1d9c34be850f62';
const volumes = [
  {
    name: 'scores',
    efsVolumeConfiguration: { fileSystemId: fileSystem, transitEncryption: 'ENABLED' as const },
  },
];

/** The file system was made for another network, and has its one mount target there. */
export const torchlightZoneWithoutTarget: Incident = {
  name: 'torchlight-zone-without-target',
  title: 'torchlight:40 mounts a file system that has no mount target in any zone of its tasks',
  environment: 'prod',
  ask: 'why-stopped torchlight prod',
  expected: { state: 'problem', cause: 'efs-dns-unresolved', status: 'confirmed' },
  world(now, place) {
    const other = { name: `${place.region}f`, subnet: 'subnet-0d41c7be9a8f00321' };
    return refusedStart(place, now, {
      service: 'torchlight',
      revision: 39,
      more: { volumes },
      takes: { mountPoints: [{ sourceVolume: 'scores', containerPath: '/scores', readOnly: false }] },
      reason: () =>
        `ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "${fileSystem}.efs.${place.region}.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID. See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. : unsuccessful EFS utils command execution; code: 1`,
      tell: () => ({ mountTargets: [mountTarget(place, fileSystem, other)] }),
    });
  },
};
