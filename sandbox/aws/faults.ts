/** What goes wrong with a call. */
export type Fault =
  /** Refused by IAM. `explicit`: a policy denies it, rather than none allowing it. */
  | { kind: 'deny'; resource?: string; explicit?: boolean }
  | { kind: 'throttle' }
  /** Any error of the service, by AWS's name: `ServerException`, `ServiceUnavailableException`. */
  | { kind: 'error'; name: string; message: string }
  | { kind: 'delay'; ms: number }
  /** No answer until the client gives up. */
  | { kind: 'hang' }
  /** A bare HTTP status with no body that the SDK could read, as a proxy or a load balancer sends it. */
  | { kind: 'status'; status: number }
  /** The connection is closed before a byte of the answer. */
  | { kind: 'cut' }
  /** Status 200 with a body that is no answer. */
  | { kind: 'garbage' }
  /** The true answer with one value replaced: `{ path: 'tasks[].launchType', value: 'SOMETHING_NEW' }`. */
  | { kind: 'put'; path: string; value: unknown };

export interface FaultScope {
  /** Which of the matching calls fail, counted from 1; absent: all. */
  calls?: readonly number[];
  /** Only calls on this account. */
  account?: string;
}

export interface Faults {
  /** Added to every answer, in milliseconds. */
  latency: number;
  /**
   * Makes calls fail from now on.
   *
   * @param action an IAM action, `ecs:DescribeTasks`; `*` stands for any text, as in a policy
   * @returns ends this fault
   * @throws when the sandbox has no such action, for such a fault would never be met
   */
  add(action: string, fault: Fault, scope?: FaultScope): () => void;
  clear(): void;
  /** The faults that this call meets, in the order in which they were added. */
  meet(action: string, account: string | undefined): Fault[];
}

interface Rule {
  pattern: RegExp;
  fault: Fault;
  scope: FaultScope;
  met: number;
}

/** @param known every action of the sandbox */
export function createFaults(known: readonly string[]): Faults {
  let rules: Rule[] = [];
  const faults: Faults = {
    latency: 0,
    add(action, fault, scope = {}) {
      const rule = { pattern: patternOf(action), fault, scope, met: 0 };
      if (!known.some((other) => rule.pattern.test(other)))
        throw new Error(`No action of the sandbox is ${action}.`);
      rules.push(rule);
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    clear() {
      rules = [];
      faults.latency = 0;
    },
    meet: (action, account) => rules.filter((rule) => meets(rule, action, account)).map((rule) => rule.fault),
  };
  return faults;
}

function meets(rule: Rule, action: string, account: string | undefined): boolean {
  if (!rule.pattern.test(action)) return false;
  if (rule.scope.account !== undefined && rule.scope.account !== account) return false;
  rule.met += 1;
  return rule.scope.calls?.includes(rule.met) ?? true;
}

function patternOf(action: string): RegExp {
  const parts = action.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}

/** A copy of an answer with the value at the path replaced wherever the path leads. */
export function withValueAt(answer: unknown, path: string, value: unknown): unknown {
  const steps = path.replaceAll('[]', '.[]').split('.');
  return replaced(answer, steps, value);
}

function replaced(node: unknown, steps: string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '[]') return Array.isArray(node) ? node.map((item) => replaced(item, rest, value)) : node;
  if (typeof node !== 'object' || node === null) return node;
  const holder: Record<string, unknown> = { ...node };
  holder[step] = replaced(holder[step], rest, value);
  return holder;
}
