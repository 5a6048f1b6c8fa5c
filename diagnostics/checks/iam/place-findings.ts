import type { GroupState, NeededPlaces, VolumeState } from '../../facts/access/needed-places.ts';
import { findingOf } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { byHand, type Known } from './known.ts';
import { reasonsOf } from './secret-finding.ts';

/** Log groups and file systems that are not there, or not where the tasks are. */
export function placeFindings(known: Known): Finding[] {
  const { places } = known;
  if (!places) return [];
  return [
    ...places.groups.flatMap((group) => groupFinding(known, group) ?? []),
    ...places.volumes.flatMap((volume) => volumeFinding(known, volume, places) ?? []),
  ];
}

function groupFinding(
  known: Known,
  { name, region, creates, role, exists, containers }: GroupState,
): Finding | undefined {
  if (!exists.ok || exists.value || creates) return undefined;
  const { context } = known;
  const lost = role === 'task';
  return findingOf(
    answer('logs-group-missing', {
      status: 'confirmed',
      why: `logs:DescribeLogGroups does not list ${name}`,
      ...(lost && { severity: 'warn' as const }),
    }),
    { ...known.names, logGroup: name, region },
    {
      subject: known.revision.definition.taskDefinitionArn,
      summary: `${listed(containers)} ${containers.length === 1 ? 'logs' : 'log'} to ${name}, which does not exist in ${region}, and ${lost ? 'the log router does not create it: its lines are lost' : 'awslogs-create-group is not set: no task can start'}.`,
      ...(lost ? {} : { reasonOf: [...reasonsOf, 'logs-endpoint-unreachable'] }),
      evidence: [
        {
          api: 'logs:DescribeLogGroups',
          field: 'logGroups[].logGroupName',
          value: `${name} not found`,
          at: context.scope.now.toISOString(),
          cli: byHand(context.target, `logs describe-log-groups --log-group-name-prefix ${name}`, region),
        },
      ],
    },
  );
}

function volumeFinding(known: Known, state: VolumeState, { subnets }: NeededPlaces): Finding | undefined {
  const { fileSystem, mountTargets, accessPoint } = state;
  if (mountTargets.ok && mountTargets.value === undefined) {
    return volume(known, state, {
      cause: 'efs-not-found',
      summary: `The volume ${state.volume} mounts ${fileSystem}, which does not exist in ${known.revision.home.region}.`,
      api: 'elasticfilesystem:DescribeMountTargets',
      value: `${fileSystem} not found`,
      command: `efs describe-file-systems --file-system-id ${fileSystem}`,
    });
  }
  if (accessPoint?.ok) {
    const point = accessPoint.value;
    const gone = point === undefined || point.LifeCycleState?.startsWith('delet') === true;
    if (gone || point?.FileSystemId !== fileSystem) {
      const is = gone ? 'does not exist any more' : `belongs to ${point?.FileSystemId}`;
      return volume(known, state, {
        cause: 'efs-access-point-missing',
        summary: `The volume ${state.volume} mounts ${fileSystem} through an access point that ${is}.`,
        api: 'elasticfilesystem:DescribeAccessPoints',
        value: gone ? 'not found' : `FileSystemId ${point?.FileSystemId}`,
        command: `efs describe-access-points --file-system-id ${fileSystem}`,
      });
    }
  }
  return mountTargets.ok ? zoneFinding(known, state, mountTargets.value ?? [], subnets) : undefined;
}

/**
 * A task looks the file system up in its own zone alone.
 * Source: EFS User Guide, "Mounting on Amazon EC2 with a DNS name": the name resolves to the target in the same zone.
 */
function zoneFinding(
  known: Known,
  state: VolumeState,
  targets: readonly {
    AvailabilityZoneName?: string | undefined;
    AvailabilityZoneId?: string | undefined;
    VpcId?: string | undefined;
    LifeCycleState?: string | undefined;
  }[],
  subnets: NeededPlaces['subnets'],
): Finding | undefined {
  const { fileSystem } = state;
  const live = targets.filter(
    ({ LifeCycleState }) =>
      LifeCycleState !== 'deleting' && LifeCycleState !== 'deleted' && LifeCycleState !== 'error',
  );
  const zones = new Set(
    live.flatMap(({ AvailabilityZoneName, AvailabilityZoneId }) => [
      AvailabilityZoneName,
      AvailabilityZoneId,
    ]),
  );
  const uncovered = subnets.filter(({ zone, zoneId }) => !zones.has(zone) && !zones.has(zoneId));
  if (uncovered.length === 0) return undefined;
  const runs = new Set(
    (known.tasks?.running ?? []).flatMap(({ availabilityZone, startedAt, taskDefinitionArn }) =>
      startedAt && taskDefinitionArn === known.revision.definition.taskDefinitionArn
        ? (availabilityZone ?? [])
        : [],
    ),
  );
  // A task that runs there has mounted it: over another network, or by a name of the owner's own.
  const failing = uncovered
    .filter(({ zone }) => !runs.has(zone))
    .toSorted((a, b) => a.zone.localeCompare(b.zone));
  if (failing.length === 0) return undefined;
  const foreign =
    live.length > 0 && live.every(({ VpcId }) => VpcId !== undefined && VpcId !== failing[0]?.vpc);
  const names = listed(failing.map(({ id, zone }) => `${zone} (${id})`));
  const all = failing.length === subnets.length;
  return volume(known, state, {
    cause: 'efs-dns-unresolved',
    status: foreign ? 'open' : 'confirmed',
    ...(foreign && {
      open: 'the mount targets lie in another VPC; whether the name resolves there depends on peering and DNS between the two',
    }),
    summary: `${fileSystem} has no mount target in ${names}: ${all ? 'no task can mount it' : `about ${failing.length} of ${subnets.length} starts fail, those placed there`}.`,
    api: 'elasticfilesystem:DescribeMountTargets',
    value:
      live.length === 0
        ? 'no mount target'
        : live
            .map(({ AvailabilityZoneName, LifeCycleState }) => `${AvailabilityZoneName} ${LifeCycleState}`)
            .join(', '),
    command: `efs describe-mount-targets --file-system-id ${fileSystem}`,
    terraform: failing
      .map(
        ({ id, zone }) =>
          `resource "aws_efs_mount_target" "${zone.replaceAll('-', '_')}" {\n  file_system_id  = "${fileSystem}"\n  subnet_id       = "${id}"\n  security_groups = ["MOUNT_TARGET_SECURITY_GROUP_ID"]\n}`,
      )
      .join('\n\n'),
    cli: failing
      .map(
        ({ id }) =>
          `aws efs create-mount-target --file-system-id ${fileSystem} --subnet-id ${id} --security-groups MOUNT_TARGET_SECURITY_GROUP_ID --region ${known.revision.home.region}`,
      )
      .join('\n'),
  });
}

interface Told {
  cause: string;
  status?: 'confirmed' | 'open';
  open?: string;
  summary: string;
  api: string;
  value: string;
  command: string;
  terraform?: string;
  cli?: string;
}

function volume(known: Known, { fileSystem }: VolumeState, told: Told): Finding {
  const { context } = known;
  const { cause, status = 'confirmed', open, summary, api, value, command, terraform, cli } = told;
  const found = findingOf(
    answer(cause, { status, why: summary, ...(open !== undefined && { decide: open }) }),
    { ...known.names, resource: fileSystem, host: fileSystem },
    {
      subject: known.revision.definition.taskDefinitionArn,
      summary,
      reasonOf: [
        ...reasonsOf,
        'efs-access-denied',
        'efs-mount-timeout',
        ...(cause === 'efs-dns-unresolved' ? [] : ['efs-dns-unresolved']),
      ],
      evidence: [
        {
          api,
          field: api.endsWith('AccessPoints') ? 'AccessPoints[]' : 'MountTargets[].AvailabilityZoneName',
          value,
          at: context.scope.now.toISOString(),
          cli: byHand(context.target, command),
        },
      ],
    },
  );
  return cli === undefined || !found.fix
    ? found
    : {
        ...found,
        fix: {
          ...found.fix,
          summary: `Create a mount target of ${fileSystem} in each zone of the tasks, open to them on port 2049.`,
          cli,
          ...(terraform !== undefined && { terraform }),
        },
      };
}
