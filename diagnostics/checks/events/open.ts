import type { Service, ServiceEvent } from '@aws-sdk/client-ecs';

/** ECS holds back a repeated event for up to six hours, so a fault of now may have spoken that long ago. Milliseconds. */
const window = 6 * 3_600_000;

/** Milliseconds before a steady state in which an event may still speak of what fails again right after it. */
const relapse = 15 * 60_000;

/** Events that nothing has ended since, newest first. */
export interface OpenEvents {
  events: ServiceEvent[];
  /** Against which time an event is recent: now, or when the service last spoke. Milliseconds. */
  asOf: number;
}

/**
 * The events that still matter. Of a service that is whole those of the last hours; where tasks are missing or a
 * deployment goes on, the older ones since the trouble began too: what failed first is often why, and is said once.
 */
export function openEvents({ events = [], ...described }: Service, now: number): OpenEvents {
  const { deployments = [] } = described;
  const short = (described.runningCount ?? 0) < (described.desiredCount ?? 0);
  const rolling = deployments.some(
    ({ rolloutState }) => rolloutState !== undefined && rolloutState !== 'COMPLETED',
  );
  const steady = events.find(({ message }) => /has reached a steady state/.test(message ?? ''));
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const deployed = primary?.createdAt?.getTime();
  const over = endOf(steady && timeOf(steady), deployed, { short, rolling });
  const open = events.filter((event) => timeOf(event) > over);
  const recent = open.filter((event) => isRecent(event, now));
  if (!short && !rolling) return { events: recent, asOf: now };
  // A service that has been short for days falls silent; its last words are all there is.
  if (recent.length === 0) return { events: open, asOf: Math.max(0, ...open.map(timeOf)) };
  const ofDeployment = (event: ServiceEvent) => !rolling || timeOf(event) > (deployed ?? 0);
  return { events: open.filter((event) => recent.includes(event) || ofDeployment(event)), asOf: now };
}

/** Whether ECS may not have had to repeat an event yet. */
export function isRecent(event: ServiceEvent | undefined, asOf: number): boolean {
  return event !== undefined && timeOf(event) > asOf - window;
}

function timeOf({ createdAt }: ServiceEvent): number {
  return createdAt?.getTime() ?? 0;
}

/**
 * Until when events are over. A steady state ends what lies before it, but ECS repeats it while a newer deployment
 * fails: there only what lies before that deployment is over too. Where tasks are missing again, what was said just
 * before the steady state may be why.
 */
function endOf(
  steady: number | undefined,
  deployed: number | undefined,
  { short, rolling }: { short: boolean; rolling: boolean },
): number {
  if (rolling) return Math.min(steady ?? deployed ?? 0, deployed ?? 0);
  return short ? (steady ?? 0) - relapse : (steady ?? 0);
}
