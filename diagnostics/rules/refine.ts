import type { Explanation } from './explanation.ts';
import {
  refineConnection,
  refineContainerHealth,
  refineElbFailure,
  refineTimeout,
  refineWrongCode,
} from './refine-health.ts';
import {
  crashLoop,
  refineFargateCapacity,
  refineHostTerminated,
  refineNoInstances,
  refinePlacement,
  refineSteady,
} from './refine-service.ts';
import {
  refineCancelledPull,
  refineEbs,
  refineEniTimeout,
  refineEnvFile,
  refineFirelens,
  refineImageDisk,
  refineImageNotFound,
  refineImagePermission,
  refineUnreachable,
} from './refine-start.ts';
import { scaleOrDeploy } from './requested-stop.ts';
import { fromSeenRestart } from './restarts.ts';
import type { Seen } from './seen.ts';

type Refinement = (seen: Seen, found: Explanation) => Explanation;

/** What the context adds to a text: the same words mean another thing, or weigh less, beside another fact. */
const refinements: Readonly<Record<string, Refinement>> = {
  'image-ecr-permission': refineImagePermission,
  'image-not-found': refineImageNotFound,
  'image-disk-full': refineImageDisk,
  'image-registry-unreachable': refineCancelledPull,
  'env-file-unreadable': refineEnvFile,
  'firelens-misconfigured': refineFirelens,
  'ebs-attach-failed': refineEbs,
  'eni-provision-timeout': refineEniTimeout,
  'secrets-endpoint-unreachable': refineUnreachable,
  'ecr-auth-unreachable': refineUnreachable,
  'logs-endpoint-unreachable': refineUnreachable,
  'elb-health-failed': refineElbFailure,
  'elb-health-wrong-code': refineWrongCode,
  'elb-health-timeout': refineTimeout,
  'elb-health-connection-failed': refineConnection,
  'container-health-failed': refineContainerHealth,
  'steady-state': refineSteady,
  'deployment-completed': refineSteady,
  'normal-event': (seen, found) => crashLoop(seen) ?? fromSeenRestart(seen) ?? found,
  'capacity-placement-unclear': refinePlacement,
  'capacity-insufficient-gpu': refinePlacement,
  'capacity-no-instances': refineNoInstances,
  'fargate-capacity-unavailable': refineFargateCapacity,
  'host-terminated': refineHostTerminated,
  'scale-in': scaleOrDeploy,
};

/** Applies the context to a first explanation. */
export function refine(seen: Seen, found: Explanation): Explanation {
  return refinements[found.cause]?.(seen, found) ?? found;
}
