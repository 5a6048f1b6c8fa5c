/**
 * ECS throttles per account and region, over buckets that operations share. The customer's own deployments and
 * tools drink from the same buckets, so a quarter is all this program takes.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const share = 1 / 4;

interface Rate {
  /** Calls a second. */
  sustained: number;
  /** Calls at once after a rest. */
  burst: number;
  /** How much of it is taken; absent: a quarter. */
  share?: number;
  /** Whether all regions of an account have one rate together. */
  isGlobal?: boolean;
}

const buckets: (Rate & { name: string; operations: readonly string[] })[] = [
  {
    name: 'tasks',
    operations: ['DescribeTasks', 'ListTasks', 'DescribeContainerInstances', 'ListContainerInstances'].map(
      ecs,
    ),
    sustained: 20,
    burst: 100,
  },
  {
    name: 'services',
    operations: ['DescribeServices', 'ListServices', 'ListServicesByNamespace'].map(ecs),
    sustained: 20,
    burst: 100,
  },
  { name: 'task definitions', operations: ['DescribeTaskDefinition'].map(ecs), sustained: 20, burst: 50 },
  {
    name: 'deployments',
    operations: ['ListServiceDeployments', 'DescribeServiceDeployments', 'DescribeServiceRevisions'].map(ecs),
    sustained: 20,
    burst: 50,
  },
  // Two a second, which everybody who looks through the account's history shares. It is asked when somebody wants to
  // know who changed something, about ten things as a rule: at a quarter of the rate nobody would wait for the answer.
  { name: 'event history', operations: ['cloudtrail:LookupEvents'], sustained: 2, burst: 2, share: 1 / 2 },
  // Five a second for all of Route 53's API, in whatever region the VPC is, which whatever writes the account's records
  // has to share.
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests
  {
    name: 'hosted zones',
    operations: ['route53:ListHostedZonesByVPC'],
    sustained: 5,
    burst: 5,
    isGlobal: true,
  },
  { name: 'log streams', operations: ['logs:DescribeLogStreams'], sustained: 25, burst: 25 },
];
// What ECS documents for its other reads; each operation is then held to it on its own.
const otherReads: Rate = { sustained: 20, burst: 50 };

export interface Budget {
  /**
   * Waits for a turn, first come first served.
   *
   * @param action `ecs:DescribeTasks`; actions without a known bucket pass at once
   * @throws the signal's reason when it aborts before the turn has come
   */
  take(place: Place, action: string, signal: AbortSignal): Promise<void>;
  /** Takes a turn that cannot wait, a retry's: those who come after it wait the longer. */
  spend(place: Place, action: string): void;
  /** AWS throttled a call: its bucket is empty, whoever emptied it, and what was saved up for a burst is gone. */
  drain(place: Place, action: string): void;
}

export interface Place {
  account: string;
  region: string;
}

export function createBudget(): Budget {
  const open = new Map<string, Bucket>();

  function bucketFor({ account, region }: Place, action: string): Bucket | undefined {
    const known = buckets.find(({ operations }) => operations.includes(action));
    const rate = known ?? (action.startsWith('ecs:') ? otherReads : undefined);
    if (!rate) return undefined;
    const key = `${account} ${rate.isGlobal ? '' : region} ${known?.name ?? action}`;
    const part = rate.share ?? share;
    const bucket = open.get(key) ?? createBucket(rate.sustained * part, Math.floor(rate.burst * part));
    open.set(key, bucket);
    return bucket;
  }

  return {
    take: async (place, action, signal) => bucketFor(place, action)?.take(signal),
    spend: (place, action) => bucketFor(place, action)?.spend(),
    drain: (place, action) => bucketFor(place, action)?.drain(),
  };
}

interface Bucket {
  take(signal: AbortSignal): Promise<void>;
  spend(): void;
  drain(): void;
}

function createBucket(perSecond: number, size: number): Bucket {
  let level = size;
  let filledAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const waiting: (() => void)[] = [];

  function fill(): void {
    const now = performance.now();
    level = Math.min(size, level + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
  }

  function admit(): void {
    timer = undefined;
    fill();
    // A hair's breadth below one is one: timers fire on whole milliseconds.
    while (waiting.length > 0 && level > 0.999) {
      level -= 1;
      waiting.shift()?.();
    }
    if (waiting.length > 0) timer = setTimeout(admit, Math.ceil(((1 - level) / perSecond) * 1000));
  }

  function take(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const turn = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(turn);
      if (timer === undefined) admit();
    });
  }

  function spend(): void {
    fill();
    level -= 1;
  }

  function drain(): void {
    fill();
    level = Math.min(level, 0);
  }

  return { take, spend, drain };
}

function ecs(operation: string): string {
  return `ecs:${operation}`;
}
