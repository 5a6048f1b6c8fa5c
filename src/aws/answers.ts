import { LRUCache } from 'lru-cache';
import type { Call } from './aws.ts';
import { iamAction } from './failure.ts';

/** Live state is as good as new for this long, in milliseconds: long enough for two people who ask at once. */
const live = 3_000;
/** A revision never changes, but its status does: a task definition can be deregistered. */
const lasting = 10 * 60_000;

/** Networks are changed by hand and seldom: two minutes, so that whoever repairs one soon sees it repaired. */
const slow = 2 * 60_000;
/** Not the subnets, which tell how many addresses are free, nor the security groups, which are repaired first. */
const networks = new Set([
  'ec2:DescribeRouteTables',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeNatGateways',
  'ec2:DescribeVpcs',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeVpcBlockPublicAccessOptions',
  'ec2:GetManagedPrefixListEntries',
  'route53:ListHostedZonesByVPC',
]);

/** Answers worth keeping. They are shared: whoever gets one must not change it. */
export interface Answers {
  get(key: string): { value: unknown } | undefined;
  put(key: string, call: Call, value: unknown): void;
}

export function createAnswers(): Answers {
  // Looked up each time: the cache would else keep the clock that it met when it was loaded.
  const perf = { now: () => performance.now() };
  const revisions = new LRUCache<string, { value: unknown }>({ max: 300, ttl: lasting, perf });
  // Purged by timers, since a list of a hundred tasks should not lie about until its place is needed.
  const states = new LRUCache<string, { value: unknown }>({ max: 300, ttl: live, ttlAutopurge: true, perf });
  const topology = new LRUCache<string, { value: unknown }>({
    max: 300,
    ttl: slow,
    ttlAutopurge: true,
    perf,
  });
  return {
    get: (key) => revisions.get(key) ?? topology.get(key) ?? states.get(key),
    put(key, call, value) {
      if (!isShared(call) || isProgress(call)) return;
      if (isImmutable(call, value)) revisions.set(key, { value });
      else (isTopology(call) ? topology : states).set(key, { value });
    },
  };
}

/** Whether two questions may be given the same answer to a call. Not where it says who asked, or sets something off. */
export function isShared(call: Call): boolean {
  if (call.service === 'sts') return false;
  return /^(?:Describe|Get|List|BatchGet|Filter|Lookup|Search|Simulate|Discover)/.test(call.operation);
}

/** Answers that are polled for: a kept one would hide the progress. */
function isProgress(call: Call): boolean {
  return call.service === 'logs' && call.operation === 'GetQueryResults';
}

function isTopology(call: Call): boolean {
  return networks.has(iamAction(call));
}

function isImmutable({ service, operation, input }: Call, value: unknown): boolean {
  if (service !== 'ecs') return false;
  if (operation === 'DescribeTaskDefinition') return namesRevision(input);
  return operation === 'DescribeServiceRevisions' && isSettled(value);
}

// A family's name without a number means the newest revision, which may be another one in a moment.
function namesRevision(input: unknown): boolean {
  const { taskDefinition } = input as { taskDefinition?: unknown };
  return typeof taskDefinition === 'string' && /:\d+$/.test(taskDefinition);
}

// Image digests are filled in after a revision is made; a revision that was not found may be there later.
function isSettled(value: unknown): boolean {
  const { failures = [], serviceRevisions = [] } = value as {
    failures?: unknown[];
    serviceRevisions?: { containerImages?: { imageDigest?: string }[] }[];
  };
  const images = serviceRevisions.map((revision) => revision.containerImages ?? []);
  return (
    failures.length === 0 &&
    images.every((list) => list.length > 0 && list.every((image) => image.imageDigest !== undefined))
  );
}
