import type {
  AccessPointDescription,
  FileSystemDescription,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { vpcOf, zonesOf } from './network.ts';
import { hex } from './seeded.ts';

type FileSystems = Required<Pick<World, 'fileSystems' | 'mountTargets' | 'accessPoints'>>;

/** The file systems that task definitions mount, each with a mount target in every zone, unless told otherwise. */
export function fileSystemsOf(place: Place, world: World, missing: ReadonlySet<string>): FileSystems {
  const { fileSystems = [], mountTargets = [], accessPoints = [] } = world;
  const mounts = world.taskDefinitions.flatMap(({ volumes = [] }) =>
    volumes.flatMap(({ efsVolumeConfiguration: efs }) => (efs?.fileSystemId ? [efs] : [])),
  );
  const ids = [...new Set(mounts.map(({ fileSystemId = '' }) => fileSystemId))].filter(
    (id) => !missing.has(id),
  );
  const told = new Set(fileSystems.map(({ FileSystemId }) => FileSystemId));
  const targeted = new Set(mountTargets.map(({ FileSystemId }) => FileSystemId));
  const pointed = new Set(accessPoints.map(({ AccessPointId }) => AccessPointId));
  const points = mounts.flatMap(({ fileSystemId = '', authorizationConfig }) => {
    const id = authorizationConfig?.accessPointId;
    return id === undefined || pointed.has(id) || missing.has(id)
      ? []
      : [accessPoint(place, id, fileSystemId)];
  });
  return {
    fileSystems: [...fileSystems, ...ids.filter((id) => !told.has(id)).map((id) => fileSystem(place, id))],
    mountTargets: [
      ...mountTargets,
      ...ids
        .filter((id) => !targeted.has(id))
        .flatMap((id) => zonesOf(place).map((zone) => mountTarget(place, id, zone))),
    ],
    accessPoints: [...accessPoints, ...new Map(points.map((point) => [point.AccessPointId, point])).values()],
  };
}

/** A mount target of a file system in one zone of the shared network. */
export function mountTarget(
  place: Place,
  FileSystemId: string,
  zone: { name: string; subnet: string },
): MountTargetDescription {
  const seed = `${FileSystemId} ${zone.name}`;
  return {
    OwnerId: place.account,
    MountTargetId: `fsmt-0${hex(`${seed} target`, 16)}`,
    FileSystemId,
    SubnetId: zone.subnet,
    LifeCycleState: 'available',
    NetworkInterfaceId: `eni-0${hex(`${seed} eni`, 16)}`,
    AvailabilityZoneName: zone.name,
    VpcId: vpcOf(place),
  };
}

function fileSystem({ account, region }: Place, FileSystemId: string): FileSystemDescription {
  return {
    OwnerId: account,
    CreationToken: `terraform-${hex(FileSystemId, 16)}`,
    FileSystemId,
    FileSystemArn: `arn:aws:elasticfilesystem:${region}:${account}:file-system/${FileSystemId}`,
    CreationTime: new Date('2024-02-19T13:40:11Z'),
    LifeCycleState: 'available',
    NumberOfMountTargets: 3,
    SizeInBytes: { Value: 48_318_382_080 },
    PerformanceMode: 'generalPurpose',
    Encrypted: true,
    ThroughputMode: 'elastic',
    Tags: [],
  };
}

function accessPoint(
  { account, region }: Place,
  AccessPointId: string,
  FileSystemId: string,
): AccessPointDescription {
  return {
    AccessPointId,
    AccessPointArn: `arn:aws:elasticfilesystem:${region}:${account}:access-point/${AccessPointId}`,
    FileSystemId,
    PosixUser: { Uid: 1000, Gid: 1000 },
    RootDirectory: { Path: '/data' },
    OwnerId: account,
    LifeCycleState: 'available',
    Tags: [],
  };
}
