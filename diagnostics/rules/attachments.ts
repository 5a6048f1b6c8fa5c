import { answer, type Explanation } from './explanation.ts';
import { numberIn, type Seen, textIn } from './seen.ts';

/** An interface is ready within seconds; after a minute in one state it is stuck. */
const eniFloor = 60;
/** ECS gives a dependency this long when the task definition names no startTimeout. */
const dependencyFloor = 180;

/** A task that is still on its way: its attachments and the containers that wait for each other. */
export function attachment(seen: Seen): Explanation | undefined {
  return waitsForHealth(seen) ?? waitsForInit(seen) ?? interfaceOf(seen);
}

function interfaceOf(seen: Seen): Explanation | undefined {
  const status = /elasticnetworkinterface:? (?:status:? ?)?(?<status>[a-z]{5,12})/i
    .exec(seen.reading.text)
    ?.groups?.status?.toUpperCase();
  if (status === undefined) return undefined;
  if (status === 'FAILED')
    return answer('eni-config-failed', {
      status: 'likely',
      why: 'The attachment ElasticNetworkInterface is FAILED.',
      also: ['eni-provision-timeout'],
    });
  const age = numberIn(seen.context, 'ageSeconds') ?? 0;
  const early = status === 'PRECREATED' || status === 'CREATED' || status === 'ATTACHING';
  if (!early || age <= eniFloor)
    return answer('normal-event', {
      why: `The attachment is ${status}${age > 0 ? ` after ${age} s` : ''}, which is a normal state.`,
    });
  return answer('eni-provision-timeout', {
    status: 'likely',
    names: { seconds: String(age) },
    why: `The attachment is still ${status} after ${age} s.`,
    decide:
      'aws ec2 describe-subnets for free addresses, and CloudTrail CreateNetworkInterface for throttling',
    also: ['subnet-ip-exhausted'],
  });
}

interface Dependency {
  container?: unknown;
  on?: unknown;
  containerName?: unknown;
  condition?: unknown;
}

function waitsForHealth(seen: Seen): Explanation | undefined {
  const waits = dependenciesOf(seen).find(conditionIs('HEALTHY'));
  if (waits === undefined || textIn(seen.context, 'taskLastStatus') === 'STOPPED') return undefined;
  const on = String(waits.on ?? waits.containerName ?? 'its dependency');
  const age = numberIn(seen.context, 'ageSeconds') ?? 0;
  const without = Object.entries(seen.context).some(
    ([key, value]) => /health ?check$/i.test(key) && value === null,
  );
  if (!without && age <= dependencyFloor) return undefined;
  return answer('dependency-unhealthy', {
    culprit: on,
    names: { container: on, name: String(waits.container ?? '') },
    why: without
      ? `${waits.container ?? 'A container'} waits for ${on} to be HEALTHY, and ${on} has no health check.`
      : `${waits.container ?? 'A container'} has waited ${age} s for ${on} to become HEALTHY.`,
  });
}

/** An init container that still works keeps the others in PENDING, as it should. */
function waitsForInit(seen: Seen): Explanation | undefined {
  const waits = dependenciesOf(seen).find(conditionIs('SUCCESS', 'COMPLETE'));
  if (waits === undefined || !/\bRUNNING\b/.test(seen.reading.text)) return undefined;
  return answer('normal-event', {
    status: 'likely',
    why: `${waits.container ?? 'A container'} waits for ${waits.on ?? waits.containerName} to finish, which is still running.`,
    decide: 'The log of the container that is waited for: it shows whether it works or hangs',
  });
}

function dependenciesOf(seen: Seen): readonly Dependency[] {
  const list = seen.context.dependsOn;
  return Array.isArray(list) ? list.filter(isDependency) : [];
}

function conditionIs(...conditions: readonly string[]) {
  return (each: Dependency) => conditions.includes(String(each.condition).toUpperCase());
}

function isDependency(value: unknown): value is Dependency {
  return typeof value === 'object' && value !== null;
}
