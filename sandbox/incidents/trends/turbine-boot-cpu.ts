import { failedChecks } from '../build/failed-checks.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import { usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** The new version compiles its templates at boot, which a quarter of a CPU does not do before the checks give up. */
const starts = [31, 22, 13, 4];

export const turbineBootCpu: Incident = {
  name: 'turbine-boot-cpu',
  title: 'new tasks of turbine use all of a quarter CPU to boot and fail their checks meanwhile',
  environment: 'prod',
  ask: 'perf turbine prod',
  expected: { state: 'problem', cause: 'cpu-saturated-at-boot', status: 'likely' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'turbine', tag),
      memory: 1024,
      port: 8080,
    });
    const size = { cpu: '256', memory: '1024' };
    const booting = (ago: number) => starts.some((start) => ago <= start - 0.7 && ago >= start - 4);
    return mergeWorlds([
      failedChecks(place, now, {
        service: 'turbine',
        good: { revision: 8, ago: days(50), containers: [container('3.9.1')], ...size },
        bad: { revision: 9, ago: 32, containers: [container('4.0.0')], ...size },
        lives: 152,
        gracePeriod: 120,
        health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
        says: [
          [1.1, 'turbine 4.0.0 compiling 412 templates'],
          [58, 'compiled 103 of 412'],
          [121, 'compiled 214 of 412'],
        ],
        starts,
      }),
      usageOf(place, now, 'turbine', {
        tasks: 2,
        cpu: {
          highest: (ago) => (booting(ago) ? 99.6 : 18),
          average: (ago) => (booting(ago) ? 42 : 15),
        },
        memory: () => 36,
      }),
    ]);
  },
};
