import type { Subnet } from '@aws-sdk/client-ec2';
import type { Service, ServiceEvent, Task } from '@aws-sdk/client-ecs';
import { describeService, describeSubnets } from '../by-hand.ts';
import { defineCheck, type JudgeContext } from '../check.ts';
import { explain } from '../explain.ts';
import { securityGroupIds } from '../facts/security-groups.ts';
import { service } from '../facts/service.ts';
import { type Subnets, subnets } from '../facts/subnets.ts';
import { type Tasks, tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import { elapsed, stationOf } from '../pending/phases.ts';
import { missingTasks } from '../placement/compute.ts';
import type { Finding } from '../report.ts';
import type { Addresses } from '../waiting-details.ts';
import { listed, plural } from '../words.ts';
import { deletedFindings } from './addresses/deleted.ts';
import { openEvents } from './events/open.ts';
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
    const known = facts.tasks?.ok ? facts.tasks.value : { running: [], stopped: [] };
    if (!described) return { findings: [] };
    const findings = [
      ...deletedFindings(described, network?.missing ?? [], groups, network?.found.length ?? 0, context),
      ...(network ? fullFindings(described, network, known, context) : []),
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
    subnets: found.flatMap((subnet) => {
      const { SubnetId = '', AvailabilityZone = '', Tags } = subnet;
      const name = Tags?.find(({ Key }) => Key === 'Name')?.Value;
      const left = free(subnet);
      if (left === undefined) return [];
      return {
        subnet: SubnetId,
        zone: AvailabilityZone,
        free: left,
        ...(name !== undefined && { name }),
      };
    }),
  };
}

/**
 * Free IPv4 addresses. Undefined where AWS gives no number, and in an IPv6-only subnet, which has none of them and
 * does not run out of its own.
 */
function free({ AvailableIpAddressCount, Ipv6Native }: Subnet): number | undefined {
  return Ipv6Native ? undefined : AvailableIpAddressCount;
}

/** Not a fault yet: the next deployment would be the first to feel it. */
function tightNotes(described: Service, found: readonly Subnet[]): string[] {
  const needed = neededAtOnce(described);
  const each = Math.ceil(needed / found.length);
  const tight = found.filter((subnet) => (free(subnet) ?? each) < each);
  if (needed === 0 || tight.length === 0) return [];
  const names = tight.map((subnet) => `${subnet.SubnetId} (${free(subnet)} free)`);
  return [
    `A deployment may start ${plural(needed, 'task')} at once, about ${each} in each subnet, beside what other services take: ${listed(names)} ${tight.length === 1 ? 'is' : 'are'} too small for that.`,
  ];
}

function fullFindings(
  described: Service,
  { found }: Subnets,
  { running, stopped }: Pick<Tasks, 'running' | 'stopped'>,
  context: JudgeContext,
): Finding[] {
  const full = found.filter((subnet) => free(subnet) === 0);
  if (full.length === 0 || missingTasks(described) === 0) return [];
  const { target, scope } = context;
  const ids = full.map(({ SubnetId = '' }) => SubnetId);
  const stations = running.flatMap((task) => {
    const station = stationOf(task);
    return station ? [{ task, station }] : [];
  });
  const waiting = stations.filter(
    ({ task, station }) =>
      station.phase === 'network' &&
      elapsed(station, scope.now) > longEnough &&
      !hasAddress(task) &&
      ids.includes(subnetOf({ task }) ?? ''),
  );
  const event = describedByEvent(described, ids, scope.now);
  const whole = full.length === found.length;
  const tied = waiting.length > 0 || event !== undefined;
  // A full subnet beside others may be how it always is: only a task or an event ties it to what is missing.
  if (!whole && !tied) return [];
  // Tasks that are on their way, or that started a moment ago, had their addresses: they are missing for another reason.
  const elsewhere =
    stations.length >= missingTasks(described) || stopped.some((task) => startedLately(task, scope.now));
  if (!tied && elsewhere) return [];
  const counts = found.map(
    (subnet) => `${subnet.SubnetId} (${subnet.AvailabilityZone}): ${free(subnet) ?? 'unknown'} free`,
  );
  return [
    findingOf(
      {
        cause: 'subnet-ip-exhausted',
        status: tied ? 'confirmed' : 'likely',
        severity: 'error',
        owner: 'network',
        names: { resource: ids[0] ?? '' },
        why: 'AvailableIpAddressCount is 0',
        decide: 'a task that waits for its interface (ecs:DescribeTasks), or an event that says so',
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

/** Milliseconds. A start this recent had an address while the subnets were as they are. */
const lately = 10 * 60_000;

function startedLately({ startedAt }: Task, now: Date): boolean {
  return startedAt !== undefined && now.getTime() - startedAt.getTime() < lately;
}

/** Seconds: an interface is there sooner, where there is an address. */
const longEnough = 60;

/** An interface that has its address waits for something else. */
function hasAddress({ attachments = [] }: Task): boolean {
  return attachments.some(({ details = [] }) =>
    details.some(({ name, value }) => name === 'privateIPv4Address' && value),
  );
}

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

/** The event that says so now, of one of these subnets or of none by name. */
function describedByEvent(described: Service, ids: readonly string[], now: Date): ServiceEvent | undefined {
  return openEvents(described, now.getTime()).events.find(({ message = '' }) => {
    const [read] = explain({ where: 'service.event', text: message });
    const named = read?.names.resource;
    return read?.cause === 'subnet-ip-exhausted' && (named === undefined || ids.includes(named));
  });
}
