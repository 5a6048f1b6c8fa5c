import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The tasks moved to Graviton, the build did not. */
export const scoringNoManifest: Incident = {
  name: 'scoring-no-manifest',
  title: 'scoring:12 asks for ARM64, and its image was built for x86 alone',
  environment: 'prod',
  ask: 'why-stopped scoring prod',
  expected: { state: 'problem', cause: 'image-arch-mismatch', status: 'confirmed' },
  world(now, place) {
    const containers = [{ name: 'app', image: ecrImage(place, 'scoring', '2.2.0'), memory: 1024 }];
    return failedStarts(place, now, {
      service: 'scoring',
      good: { revision: 11, ago: days(3), containers },
      bad: {
        revision: 12,
        ago: 20,
        containers,
        more: { runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } },
      },
      during: 'pull',
      givesUpAfter: 29,
      reason: () =>
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'",
    });
  },
};
