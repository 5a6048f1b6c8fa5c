import { failedStarts } from '../build/failed-starts.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { imageDetail, indexOf, repositoryNamed } from '../build/shared-images.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The tasks moved to Graviton, the build did not. */
export const scoringNoManifest: Incident = {
  name: 'scoring-no-manifest',
  title: 'scoring:12 asks for ARM64, and its image was built for x86 alone',
  environment: 'prod',
  ask: 'why-stopped scoring prod',
  expected: { state: 'problem', cause: 'image-arch-mismatch', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'scoring', '2.2.0');
    const containers = [{ name: 'app', image, memory: 1024 }];
    const detail = imageDetail(image, before(now)(days(4)), {
      imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
    });
    const repository = {
      repository: repositoryNamed(place, 'scoring'),
      images: [detail],
      manifests: { [detail.imageDigest ?? '']: indexOf([{ architecture: 'amd64', os: 'linux' }]) },
    };
    const world = failedStarts(place, now, {
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
    return mergeWorlds([world, { repositories: [repository] }]);
  },
};
