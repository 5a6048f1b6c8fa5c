import type {
  AccessPointDescription,
  DescribeAccessPointsRequest,
  DescribeAccessPointsResponse,
  DescribeFileSystemPolicyRequest,
  DescribeFileSystemsRequest,
  DescribeFileSystemsResponse,
  DescribeMountTargetSecurityGroupsRequest,
  DescribeMountTargetSecurityGroupsResponse,
  DescribeMountTargetsRequest,
  DescribeMountTargetsResponse,
  FileSystemDescription,
  FileSystemPolicyDescription,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import { AwsError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const fileSystemOperations: Record<string, Operation> = {
  DescribeFileSystems: overWorld(describeFileSystems, fileSystemResource),
  DescribeFileSystemPolicy: overWorld(describeFileSystemPolicy, fileSystemResource),
  DescribeMountTargets: overWorld(describeMountTargets, fileSystemResource),
  DescribeMountTargetSecurityGroups: overWorld(describeMountTargetSecurityGroups),
  DescribeAccessPoints: overWorld(describeAccessPoints, accessPointResource),
};

const usualPage = 100;

function describeFileSystems(
  input: DescribeFileSystemsRequest,
  account: Account,
): DescribeFileSystemsResponse {
  const all = account.world.fileSystems ?? [];
  const found = input.FileSystemId === undefined ? all : [fileSystem(input.FileSystemId, account)];
  const page = pageOf(found, 'file systems', input.Marker, input.MaxItems ?? usualPage, badMarker);
  return { FileSystems: page.items, Marker: input.Marker, NextMarker: page.nextToken };
}

function describeFileSystemPolicy(
  input: DescribeFileSystemPolicyRequest,
  account: Account,
): FileSystemPolicyDescription {
  const { FileSystemId = '' } = fileSystem(input.FileSystemId ?? '', account);
  const Policy = account.world.fileSystemPolicies?.[FileSystemId];
  if (Policy === undefined) {
    throw new AwsError('PolicyNotFound', 'The resource does not have an associated policy.');
  }
  return { FileSystemId, Policy };
}

function describeMountTargets(
  input: DescribeMountTargetsRequest,
  account: Account,
): DescribeMountTargetsResponse {
  const found = mountTargets(input, account);
  const list = `mount targets ${JSON.stringify([input.FileSystemId, input.MountTargetId, input.AccessPointId])}`;
  const page = pageOf(found, list, input.Marker, input.MaxItems ?? usualPage, badMarker);
  return { MountTargets: page.items, Marker: input.Marker, NextMarker: page.nextToken };
}

function mountTargets(input: DescribeMountTargetsRequest, account: Account): MountTargetDescription[] {
  const { FileSystemId, MountTargetId, AccessPointId } = input;
  const all = account.world.mountTargets ?? [];
  if (MountTargetId !== undefined) return [mountTarget(MountTargetId, account)];
  const of = AccessPointId === undefined ? FileSystemId : accessPoint(AccessPointId, account).FileSystemId;
  if (of === undefined) {
    throw new AwsError(
      'BadRequest',
      'One of FileSystemId, MountTargetId or AccessPointId must be specified.',
    );
  }
  const { FileSystemId: id } = fileSystem(of, account);
  return all.filter((target) => target.FileSystemId === id);
}

function describeMountTargetSecurityGroups(
  input: DescribeMountTargetSecurityGroupsRequest,
  account: Account,
): DescribeMountTargetSecurityGroupsResponse {
  const { MountTargetId = '' } = mountTarget(input.MountTargetId ?? '', account);
  return { SecurityGroups: account.world.mountTargetSecurityGroups?.[MountTargetId] ?? [] };
}

function describeAccessPoints(
  input: DescribeAccessPointsRequest,
  account: Account,
): DescribeAccessPointsResponse {
  const { AccessPointId, FileSystemId } = input;
  const all = account.world.accessPoints ?? [];
  const found =
    AccessPointId !== undefined
      ? [accessPoint(AccessPointId, account)]
      : all.filter((point) => FileSystemId === undefined || point.FileSystemId === FileSystemId);
  const page = pageOf(
    found,
    `access points ${FileSystemId ?? ''}`,
    input.NextToken,
    input.MaxResults ?? usualPage,
    badMarker,
  );
  return { AccessPoints: page.items, NextToken: page.nextToken };
}

function fileSystem(id: string, { world }: Account): FileSystemDescription {
  // Both take the id or the ARN.
  const wanted = id.split('/').at(-1);
  const found = world.fileSystems?.find(({ FileSystemId }) => FileSystemId === wanted);
  if (!found) throw new AwsError('FileSystemNotFound', `File system '${wanted}' does not exist.`);
  return found;
}

function accessPoint(id: string, { world }: Account): AccessPointDescription {
  const wanted = id.split('/').at(-1);
  const found = world.accessPoints?.find(({ AccessPointId }) => AccessPointId === wanted);
  if (!found) throw new AwsError('AccessPointNotFound', `Access point '${wanted}' does not exist.`);
  return found;
}

function mountTarget(id: string, { world }: Account): MountTargetDescription {
  const found = world.mountTargets?.find(({ MountTargetId }) => MountTargetId === id);
  if (!found) throw new AwsError('MountTargetNotFound', `Mount target '${id}' does not exist.`);
  return found;
}

function badMarker(): Error {
  return new AwsError('BadRequest', 'The marker is not valid.');
}

function fileSystemResource(input: { FileSystemId?: string }, { id, region }: Account): string {
  return `arn:aws:elasticfilesystem:${region}:${id}:file-system/${input.FileSystemId ?? '*'}`;
}

function accessPointResource(input: { AccessPointId?: string }, { id, region }: Account): string {
  return `arn:aws:elasticfilesystem:${region}:${id}:access-point/${input.AccessPointId ?? '*'}`;
}
