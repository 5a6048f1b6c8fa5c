import type { Where } from '../observation.ts';
import { apiSignatures } from './api.ts';
import { blueGreenSignatures } from './bluegreen.ts';
import { capacitySignatures } from './capacity.ts';
import { containerProcessSignatures } from './container-process.ts';
import { containerStartSignatures } from './container-start.ts';
import { deploymentSignatures } from './deployments.ts';
import { execSignatures } from './exec.ts';
import { narrationSignatures, unclearSignatures } from './general.ts';
import { healthSignatures } from './health.ts';
import { imageAccessSignatures } from './image-access.ts';
import { imagePullSignatures } from './image-pull.ts';
import { initSignatures } from './init.ts';
import { lifecycleSignatures } from './lifecycle.ts';
import { networkSignatures } from './network.ts';
import type { Reading } from './normalise.ts';
import { placementSignatures } from './placement.ts';
import { secretSignatures } from './secrets.ts';
import { type Match, match, type Signature } from './signature.ts';
import { targetSignatures } from './targets.ts';
import { volumeSignatures } from './volumes.ts';

/**
 * All signatures, the more telling before the more general: what was being done decides before how it failed,
 * because one fault ("access denied", "i/o timeout") means another thing in each of them.
 */
export const signatures: readonly Signature[] = [
  ...execSignatures,
  ...blueGreenSignatures,
  ...networkSignatures,
  ...volumeSignatures,
  ...secretSignatures,
  ...initSignatures,
  ...imagePullSignatures,
  ...imageAccessSignatures,
  ...containerStartSignatures,
  ...containerProcessSignatures,
  ...targetSignatures,
  ...healthSignatures,
  ...lifecycleSignatures,
  ...deploymentSignatures,
  ...capacitySignatures,
  ...placementSignatures,
  ...unclearSignatures,
  ...apiSignatures,
  ...narrationSignatures,
];

const anywhere = signatures.filter((signature) => signature.where === undefined);
const somewhere = signatures.filter((signature) => signature.where !== undefined);

/**
 * The first signature that knows the text; undefined when none does. Where nobody says where the text stood,
 * the ones that are bound to a place come last, since their words are common.
 */
export function recognise(reading: Reading, where?: Where): Match | undefined {
  if (reading.text === '') return undefined;
  if (where !== undefined) return firstOf(signatures, reading, where);
  return firstOf(anywhere, reading, undefined) ?? firstOf(somewhere, reading, undefined);
}

function firstOf(
  candidates: readonly Signature[],
  reading: Reading,
  where: Where | undefined,
): Match | undefined {
  for (const signature of candidates) {
    const found = match(signature, reading, where);
    if (found !== undefined) return found;
  }
  return undefined;
}
