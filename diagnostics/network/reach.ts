import type { Destination, Origin, Path, Topology } from './topology.ts';

/** Whether there is a way from here to there. Pure; whatever was not read leaves the answer open. */
export function reach(_origin: Origin, _destination: Destination, _topology: Topology): Path {
  return { state: 'open', reason: 'nothing was read', decide: 'reading the network of the task' };
}
