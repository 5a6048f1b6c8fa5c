import type { Check } from '../check.ts';
import { addresses } from './addresses.ts';
import { capacity } from './capacity.ts';
import { changesCheck } from './changes.ts';
import { connect } from './connect.ts';
import { deploymentsCheck } from './deployments.ts';
import { eventHistory } from './event-history.ts';
import { exec } from './exec.ts';
import { execMemoryCheck } from './exec-memory.ts';
import { expiredStops } from './expired-stops.ts';
import { fargateQuota } from './fargate-quota.ts';
import { health } from './health.ts';
import { iam } from './iam.ts';
import { image } from './image.ts';
import { insights } from './insights.ts';
import { logs } from './logs.ts';
import { network } from './network.ts';
import { pendingTasks } from './pending-tasks.ts';
import { perf } from './perf.ts';
import { revisionChange } from './revision-change.ts';
import { serviceEvents } from './service-events.ts';
import { serviceState } from './service-state.ts';
import { startup } from './startup.ts';
import { stoppedTasks } from './stopped-tasks.ts';
import { targetHealthCheck } from './target-health.ts';
import { timelineCheck } from './timeline.ts';

export const checks: readonly Check[] = [
  stoppedTasks,
  serviceState,
  serviceEvents,
  deploymentsCheck,
  targetHealthCheck,
  expiredStops,
  logs,
  pendingTasks,
  addresses,
  capacity,
  eventHistory,
  fargateQuota,
  iam,
  image,
  exec,
  execMemoryCheck,
  connect,
  health,
  network,
  insights,
  perf,
  revisionChange,
  changesCheck,
  timelineCheck,
  startup,
];

const byId = new Map(checks.map((check) => [check.id, check]));

/** Undefined for a check that does not exist (yet): a cause may name where to look before anybody can look there. */
export function checkOf(id: string): Check | undefined {
  return byId.get(id);
}
