import type { Subnet } from '@aws-sdk/client-ec2';
import type { Service, ServiceEvent, Task } from '@aws-sdk/client-ecs';
import { describeSecurityGroups, describeService, describeSubnets } from '../by-hand.ts';
import { defineCheck, type JudgeContext } from '../check.ts';
import { explain } from '../explain.ts';
import { securityGroupIds } from '../facts/security-groups.ts';
import { service } from '../facts/service.ts';
import { type Subnets, subnets } from '../facts/subnets.ts';
import { tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import { elapsed, stationOf } from '../pending/phases.ts';
import { missingTasks } from '../placement/compute.ts';
import type { Finding } from '../report.ts';
import type { Addresses } from '../waiting-details.ts';
import { listed, plural } from '../words.ts';
import { subnetOf } from './pending/stuck-finding.ts';

/** Whether the subnets and security groups that a new task gets are there and have room for it. */
export const addresses = defineCheck({
  id: 'addresses',
  question: 'whether its subnets have room',
  needs: { service },
  wants: { subnets, securityGroupIds, tasks },
  judge(facts, context) {
    const described = facts.service;
    const network = facts.subnets?.ok ? facts.subnets.value : undefined;
    const groups = facts.securityGroupIds?.ok ? facts.securityGroupIds.value.missing : [];
    const running = facts.tasks?.ok ? facts.tasks.value.running : [];
    if (!described) return { findings: [] };
    const findings = [
      ...deletedFindings(described, network?.missing ?? [], groups, context),
      ...(network ? fullFindings(described, network, running, context) : []),
    ];
    if (!network || network.found.length === 0) return { findings };
    return {
      findings,
      details: {
        addresses: addressesOf(described, network.found),
        notes: tightNotes(described, network.found),
      },
    };
  },
});

/**
 * Addresses that a deployment needs beside those in use: up to maximumPercent of the desired count run at once.
 * Source: ECS API, DeploymentConfiguration.maximumPercent, 200 where it is not set.
 */
function neededAtOnce({ desiredCount = 0, deploymentConfiguration }: Service): number {
  const maximum = deploymentConfiguration?.maximumPercent ?? 200;
  return Math.max(0, Math.floor((desiredCount * (maximum - 100)) / 100));
}

function addressesOf(described: Service, found: readonly Subnet[]): Addresses {
  return {
    needed: neededAtOnce(described),
    subnets: found.map(({ SubnetId = '', AvailabilityZone = '', AvailableIpAddressCount = 0, Tags }) => {
      const name = Tags?.find(({ Key }) => Key === 'Name')?.Value;
      return {
        subnet: SubnetId,
        zone: AvailabilityZone,
        free: AvailableIpAddressCount,
        ...(name !== undefined && { name }),
      };
    }),
  };
}

function free({ AvailableIpAddressCount = 0 }: Subnet): number {
  return AvailableIpAddressCount;
}

/** Not a fault yet: the next deployment would be the first to feel it. */
function tightNotes(described: Service, found: readonly Subnet[]): string[] {
  const needed = neededAtOnce(described);
  const each = Math.ceil(needed / found.length);
  const tight = found.filter((subnet) => free(subnet) < each);
  if (needed === 0 || tight.length === 0) return [];
  const names = tight.map((subnet) => `${subnet.SubnetId} (${free(subnet)} free)`);
  return [
    `A deployment may start ${plural(needed, 'task')} at once, about ${each} in each subnet, beside what other services take: ${listed(names)} ${tight.length === 1 ? 'is' : 'are'} too small for that.`,
  ];
}

function fullFindings(
  described: Service,
  { found }: Subnets,
  running: readonly Task[],
  context: JudgeContext,
): Finding[] {
  const full = found.filter((subnet) => free(subnet) === 0);
  if (full.length === 0 || missingTasks(described) === 0) return [];
  const { target, scope } = context;
  const ids = full.map(({ SubnetId = '' }) => SubnetId);
  const waiting = running.flatMap((task) => {
    const station = stationOf(task);
    const isNetwork = station?.phase === 'network' && elapsed(station, scope.now) > longEnough;
    return isNetwork && ids.includes(subnetOf({ task }) ?? '') ? [task] : [];
  });
  const event = describedByEvent(described.events ?? []);
  const whole = full.length === found.length;
  // A full subnet beside others may be how it always is: only a task or an event ties it to what is missing.
  if (!whole && waiting.length === 0 && !event) return [];
  const counts = found.map(
    (subnet) => `${subnet.SubnetId} (${subnet.AvailabilityZone}): ${free(subnet)} free`,
  );
  return [
    findingOf(
      {
        cause: 'subnet-ip-exhausted',
        status: 'confirmed',
        severity: 'error',
        owner: 'network',
        names: { resource: ids[0] ?? '' },
        why: 'AvailableIpAddressCount is 0',
      },
      namesFor(target, { service: described }),
      {
        subject: described.serviceArn,
        summary: `${whole ? wholeText(full) : partialText(full, found)}${waiting.length > 0 ? `; ${plural(waiting.length, 'task')} ${waiting.length === 1 ? 'waits' : 'wait'} for an address there` : ''}.`,
        count: Math.max(1, waiting.length),
        evidence: [
          {
            api: 'ec2:DescribeSubnets',
            field: 'Subnets[].AvailableIpAddressCount',
            value: counts.join(', '),
            at: scope.now.toISOString(),
            cli: describeSubnets(
              target,
              found.map(({ SubnetId = '' }) => SubnetId),
            ),
          },
          ...(event
            ? [
                {
                  api: 'ecs:DescribeServices',
                  field: 'services[0].events[].message',
                  value: event.message ?? '',
                  at: event.createdAt?.toISOString(),
                  cli: describeService(target),
                },
              ]
            : []),
        ],
      },
    ),
  ];
}

/** Seconds: an interface is there sooner, where there is an address. */
const longEnough = 60;

function wholeText(full: readonly Subnet[]): string {
  const [only] = full;
  return full.length === 1 && only
    ? `Its one subnet, ${only.SubnetId} (${only.AvailabilityZone}), has no free address`
    : `None of its ${full.length} subnets has a free address`;
}

function partialText(full: readonly Subnet[], found: readonly Subnet[]): string {
  const names = listed(full.map(({ SubnetId, AvailabilityZone }) => `${SubnetId} (${AvailabilityZone})`));
  const rest = found.length - full.length;
  return `${names} ${full.length === 1 ? 'has' : 'have'} no free address, the other ${rest === 1 ? 'subnet has' : `${rest} subnets have`}: about ${full.length} of ${found.length} starts fail`;
}

function describedByEvent(events: readonly ServiceEvent[]): ServiceEvent | undefined {
  return events.find(({ message = '' }) => {
    const [read] = explain({ where: 'service.event', text: message });
    return read?.cause === 'subnet-ip-exhausted';
  });
}

function deletedFindings(
  described: Service,
  gone: readonly string[],
  groups: readonly string[],
  { target }: JudgeContext,
): Finding[] {
  if (gone.length + groups.length === 0) return [];
  const short = missingTasks(described) > 0;
  const what = listed([...gone, ...groups]);
  return [
    findingOf(
      {
        cause: 'service-config-rejected',
        status: 'confirmed',
        // Tasks that run keep what they have; the next start is the first to fail.
        severity: short ? 'error' : 'info',
        owner: 'service-config',
        names: { resource: gone[0] ?? groups[0] ?? '' },
        why: 'the service names what EC2 does not have',
      },
      namesFor(target, { service: described }),
      {
        subject: described.serviceArn,
        summary: `The service names ${what}, which ${gone.length + groups.length === 1 ? 'does' : 'do'} not exist any more: new tasks get no network interface.`,
        evidence: [
          ...(gone.length > 0
            ? [
                {
                  api: 'ec2:DescribeSubnets',
                  field: 'Subnets[].SubnetId',
                  value: `${gone.join(', ')} not found`,
                  cli: describeSubnets(target, gone),
                },
              ]
            : []),
          ...(groups.length > 0
            ? [
                {
                  api: 'ec2:DescribeSecurityGroups',
                  field: 'SecurityGroups[].GroupId',
                  value: `${groups.join(', ')} not found`,
                  cli: describeSecurityGroups(target, groups),
                },
              ]
            : []),
        ],
      },
    ),
  ];
}
