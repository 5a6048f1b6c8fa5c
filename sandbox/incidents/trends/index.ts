import type { Incident } from '../incident.ts';
import { anvilUsualStart } from './anvil-usual-start.ts';
import { ballastFullAndSteady } from './ballast-full-and-steady.ts';
import { bellowsSlowBoot } from './bellows-slow-boot.ts';
import { boilerMemoryClimbs } from './boiler-memory-climbs.ts';
import { crucibleSlowPull } from './crucible-slow-pull.ts';
import { flywheelQuiet } from './flywheel-quiet.ts';
import { gantryAtMaximum } from './gantry-at-maximum.ts';
import { periscopeAlarmBlind } from './periscope-alarm-blind.ts';
import { pistonHotTask } from './piston-hot-task.ts';
import { pulleyNoDataYet } from './pulley-no-data-yet.ts';
import { sluiceSuspended } from './sluice-suspended.ts';
import { spindleSlowReady } from './spindle-slow-ready.ts';
import { treadmillCreditsSpent } from './treadmill-credits-spent.ts';
import { turbineBootCpu } from './turbine-boot-cpu.ts';

/** What only shows over time: memory, CPU, scaling and starts, and what looks alike and is nothing. */
export const trends: readonly Incident[] = [
  boilerMemoryClimbs,
  gantryAtMaximum,
  sluiceSuspended,
  periscopeAlarmBlind,
  turbineBootCpu,
  pulleyNoDataYet,
  ballastFullAndSteady,
  pistonHotTask,
  flywheelQuiet,
  crucibleSlowPull,
  spindleSlowReady,
  bellowsSlowBoot,
  anvilUsualStart,
  treadmillCreditsSpent,
];
