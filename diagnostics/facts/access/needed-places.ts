import type { AccessPointDescription, MountTargetDescription } from '@aws-sdk/client-efs';
import { groupsNeeded, type NeededGroup, volumesNeeded } from '../../access/places.ts';
import { defineFact } from '../../fact.ts';
import { partOf, type Read } from '../read.ts';
import { subnets } from '../subnets.ts';
import { accessPoint, fileSystemPolicy, mountTargets } from './file-system.ts';
import { judgedRevision } from './judged-revision.ts';
import { logGroupExists } from './log-group.ts';

export interface GroupState extends NeededGroup {
  exists: Read<boolean>;
}

export interface VolumeState {
  volume: string;
  fileSystem: string;
  mountTargets: Read<MountTargetDescription[] | undefined>;
  /** Absent where the volume names none. */
  accessPoint?: Read<AccessPointDescription | undefined>;
  /** JSON text; undefined within: it has none. Absent where the mount asks for no authorization. */
  policy?: Read<string | undefined>;
}

export interface NeededPlaces {
  groups: GroupState[];
  volumes: VolumeState[];
  /** The subnets that new tasks get, with their zones; empty where no volume needs them. */
  subnets: { id: string; zone: string; zoneId: string; vpc: string }[];
}

/** The log groups that the revision writes to and the file systems that it mounts. */
export const neededPlaces = defineFact<NeededPlaces>({
  id: 'needed-places',
  what: 'the log groups and file systems that the task definition names',
  actions: [
    ...logGroupExists.actions,
    ...mountTargets.actions,
    ...accessPoint.actions,
    ...fileSystemPolicy.actions,
    ...subnets.actions,
  ],
  async load({ read, settle }) {
    const { definition, home } = await read(judgedRevision);
    const wanted = volumesNeeded(definition);
    const [groups, volumes, network] = await Promise.all([
      Promise.all(
        groupsNeeded(definition, home).map(async (group) => {
          const { name, region } = group;
          return {
            ...group,
            exists: partOf(`the log group ${name}`, await settle(logGroupExists, { name, region })),
          };
        }),
      ),
      Promise.all(
        wanted.map(async ({ volume, fileSystem, point, authorized }) => {
          const [targets, described, policy] = await Promise.all([
            settle(mountTargets, fileSystem),
            point === undefined ? undefined : settle(accessPoint, point),
            authorized ? settle(fileSystemPolicy, fileSystem) : undefined,
          ]);
          return {
            volume,
            fileSystem,
            mountTargets: partOf(`the mount targets of ${fileSystem}`, targets),
            ...(described && { accessPoint: partOf(`the access point ${point}`, described) }),
            ...(policy && { policy: partOf(`the policy of ${fileSystem}`, policy) }),
          };
        }),
      ),
      wanted.length === 0 ? undefined : settle(subnets),
    ]);
    const found = network?.ok ? network.value.found : [];
    return {
      groups,
      volumes,
      subnets: found.map(({ SubnetId = '', AvailabilityZone = '', AvailabilityZoneId = '', VpcId = '' }) => ({
        id: SubnetId,
        zone: AvailabilityZone,
        zoneId: AvailabilityZoneId,
        vpc: VpcId,
      })),
    };
  },
});
