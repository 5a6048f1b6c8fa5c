import { apiCauses } from './api.ts';
import { appExitCauses } from './app-exit.ts';
import { capacityCauses } from './capacity.ts';
import { capacityProviderCauses } from './capacity-providers.ts';
import type { Cause } from './cause.ts';
import { changeCauses } from './changes.ts';
import { connectCauses } from './connect.ts';
import { containerStartCauses } from './container-start.ts';
import { deploymentCauses } from './deployments.ts';
import { execCauses } from './exec.ts';
import { healthCauses } from './health.ts';
import { healthPathCauses } from './health-paths.ts';
import { healthTargetCauses } from './health-targets.ts';
import { imagePullCauses } from './image-pull.ts';
import { imageStateCauses } from './image-state.ts';
import { initCauses } from './init.ts';
import { lifecycleCauses } from './lifecycle.ts';
import { memoryCauses } from './memory.ts';
import { networkCauses } from './network.ts';
import { networkPathCauses } from './network-paths.ts';
import { pendingCauses } from './pending.ts';
import { scalingCauses } from './scaling.ts';
import { secretCauses } from './secrets.ts';
import { slowStartCauses } from './slow-start.ts';
import { volumeCauses } from './volumes.ts';

const groups: readonly (readonly Cause[])[] = [
  imagePullCauses,
  imageStateCauses,
  secretCauses,
  initCauses,
  volumeCauses,
  networkCauses,
  connectCauses,
  networkPathCauses,
  containerStartCauses,
  appExitCauses,
  memoryCauses,
  healthCauses,
  healthTargetCauses,
  healthPathCauses,
  capacityCauses,
  capacityProviderCauses,
  pendingCauses,
  lifecycleCauses,
  deploymentCauses,
  scalingCauses,
  slowStartCauses,
  execCauses,
  apiCauses,
  changeCauses,
];

/** Every cause by its id. */
export const causes: ReadonlyMap<string, Cause> = new Map(groups.flat().map((each) => [each.id, each]));

/** A cause of the catalogue; undefined for an id outside it, `unknown` among them. */
export function causeOf(id: string): Cause | undefined {
  return causes.get(id);
}
