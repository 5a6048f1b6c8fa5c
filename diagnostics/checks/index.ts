import type { Check } from '../check.ts';
import { deploymentsCheck } from './deployments.ts';
import { expiredStops } from './expired-stops.ts';
import { logs } from './logs.ts';
import { serviceEvents } from './service-events.ts';
import { serviceState } from './service-state.ts';
import { stoppedTasks } from './stopped-tasks.ts';
import { targetHealthCheck } from './target-health.ts';

export const checks: readonly Check[] = [
  stoppedTasks,
  serviceState,
  serviceEvents,
  deploymentsCheck,
  targetHealthCheck,
  expiredStops,
  logs,
];

const byId = new Map(checks.map((check) => [check.id, check]));

/** Undefined for a check that does not exist (yet): a cause may name where to look before anybody can look there. */
export function checkOf(id: string): Check | undefined {
  return byId.get(id);
}
