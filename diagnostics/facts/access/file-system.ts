import type { AccessPointDescription, MountTargetDescription } from '@aws-sdk/client-efs';
import { defineFact } from '../../fact.ts';

/** The mount targets of a file system; undefined where it does not exist. */
export const mountTargets = defineFact<MountTargetDescription[] | undefined, string>({
  id: 'mount-targets',
  what: 'the mount targets of the file system',
  actions: ['elasticfilesystem:DescribeMountTargets'],
  async load({ aws }, FileSystemId) {
    const found: MountTargetDescription[] = [];
    let Marker: string | undefined;
    try {
      // One for each zone and network: a second page is rare, a third has not been seen.
      for (let pages = 0; pages < 3; pages += 1) {
        const answer = await aws.efs.describeMountTargets({ FileSystemId, Marker });
        found.push(...(answer.MountTargets ?? []));
        Marker = answer.NextMarker;
        if (!Marker) break;
      }
      return found;
    } catch (error) {
      if (error instanceof Error && error.name === 'FileSystemNotFound') return undefined;
      throw error;
    }
  },
});

/** An access point; undefined where it does not exist. */
export const accessPoint = defineFact<AccessPointDescription | undefined, string>({
  id: 'access-point',
  what: 'the access point of the file system',
  actions: ['elasticfilesystem:DescribeAccessPoints'],
  async load({ aws }, AccessPointId) {
    try {
      return (await aws.efs.describeAccessPoints({ AccessPointId })).AccessPoints?.[0];
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessPointNotFound') return undefined;
      throw error;
    }
  },
});

/** The policy of a file system as JSON text; undefined where it has none, and then admits every client. */
export const fileSystemPolicy = defineFact<string | undefined, string>({
  id: 'file-system-policy',
  what: 'the policy of the file system',
  actions: ['elasticfilesystem:DescribeFileSystemPolicy'],
  async load({ aws }, FileSystemId) {
    try {
      return (await aws.efs.describeFileSystemPolicy({ FileSystemId })).Policy;
    } catch (error) {
      if (error instanceof Error && error.name === 'PolicyNotFound') return undefined;
      throw error;
    }
  },
});
