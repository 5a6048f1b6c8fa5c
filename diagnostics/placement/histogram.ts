import type { Candidate, Lack, LackKind } from './fit.ts';

/** How many instances lack one thing, and which is nearest to having it. */
export interface LackCount {
  kind: LackKind;
  /** Instances that lack it. */
  count: number;
  /** Instances that lack nothing else: what one change would open. */
  only: number;
  best: { candidate: Candidate; lack: Lack };
}

/** The lacks of all instances, the most decisive first: what alone stands in the way, then what is most common. */
export function histogramOf(candidates: readonly Candidate[]): LackCount[] {
  const kinds = [...new Set(candidates.flatMap(({ lacks }) => lacks.map(({ kind }) => kind)))];
  return kinds
    .flatMap((kind) => {
      const lacking = candidates.flatMap((candidate) => {
        const lack = candidate.lacks.find((each) => each.kind === kind);
        return lack ? [{ candidate, lack }] : [];
      });
      const [best] = [...lacking].sort(
        (a, b) => a.candidate.lacks.length - b.candidate.lacks.length || b.lack.amount - a.lack.amount,
      );
      if (!best) return [];
      const only = lacking.filter(({ candidate }) => candidate.lacks.length === 1).length;
      return [{ kind, count: lacking.length, only, best }];
    })
    .sort((a, b) => b.only - a.only || b.count - a.count);
}

const causes: Record<LackKind, string> = {
  inactive: 'capacity-no-instances',
  agent: 'capacity-agent-disconnected',
  platform: 'capacity-attribute-missing',
  attribute: 'capacity-attribute-missing',
  constraint: 'capacity-constraint-unmet',
  distinct: 'capacity-constraint-unmet',
  zone: 'capacity-az-mismatch',
  gpu: 'capacity-insufficient-gpu',
  port: 'capacity-port-conflict',
  interface: 'capacity-eni-exhausted',
  memory: 'capacity-insufficient-memory',
  cpu: 'capacity-insufficient-cpu',
};

export function causeOfLack(kind: LackKind): string {
  return causes[kind];
}

const labels: Record<LackKind, string> = {
  inactive: 'not ACTIVE',
  agent: 'agent disconnected',
  platform: 'other CPU or system',
  attribute: 'attribute missing',
  constraint: 'constraint not met',
  distinct: 'one task per instance',
  zone: 'other zone than the subnets',
  gpu: 'GPU',
  port: 'host port',
  interface: 'network interface',
  memory: 'memory',
  cpu: 'CPU',
};

export function labelOfLack(kind: LackKind): string {
  return labels[kind];
}

/** What is said of one instance and of several, where it is not that they lack something. */
const phrases: Partial<Record<string, readonly [one: string, several: string]>> = {
  inactive: ['is not ACTIVE', 'are not ACTIVE'],
  agent: ['has its agent disconnected', 'have their agents disconnected'],
  platform: ['is of another CPU or system', 'are of another CPU or system'],
  attribute: ['lacks an attribute', 'lack an attribute'],
  constraint: ['does not meet its constraint', 'do not meet its constraint'],
  distinct: ['has a task of it already', 'have a task of it already'],
  zone: ['is in another zone than its subnets', 'are in other zones than its subnets'],
  port: ['has its host port in use', 'have its host port in use'],
  interface: ['has no network interface left', 'have no network interface left'],
};

/** `3 lack memory`, `2 do not meet its constraint` */
export function lackWords({ kind, label, count }: { kind: string; label: string; count: number }): string {
  const [one, several] = phrases[kind] ?? [`lacks ${label}`, `lack ${label}`];
  return `${count} ${count === 1 ? one : several}`;
}
