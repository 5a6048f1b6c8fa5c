import { crashLoop } from './build/crash-loop.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { release } from './build/release.ts';
import { imageDetail, repositoryNamed } from './build/shared-images.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before } from './build/times.ts';
import type { Incident } from './incident.ts';

/** Built on an ARM laptop, run on x86: the kernel refuses the first program of the image. */
export const geoWrongArchitecture: Incident = {
  name: 'geo-wrong-architecture',
  title: 'the image of geo:3 was built for another processor than the one it runs on',
  environment: 'staging',
  ask: 'why-stopped geo staging',
  expected: { state: 'problem', cause: 'image-arch-mismatch', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'geo',
      revision: 3,
      registeredAt: ago(34),
      architecture: 'X86_64',
      containers: [{ name: 'app', image: ecrImage(place, 'geo', 'dev-mk-2'), memory: 1024 }],
    });
    const image = imageDetail(ecrImage(place, 'geo', 'dev-mk-2'), ago(35));
    const config = `sha256:${'c0ffee'.repeat(11).slice(0, 64)}`;
    const repository = {
      repository: repositoryNamed(place, 'geo'),
      images: [image],
      manifests: {
        [image.imageDigest ?? '']: JSON.stringify({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 4_811 },
          layers: [],
        }),
      },
      layers: { [config]: JSON.stringify({ architecture: 'arm64', os: 'linux', config: {} }) },
    };
    const world = crashLoop(place, now, {
      live: release(place, definition, { startedAt: ago(33) }),
      starts: [32, 29.4, 26.1, 22, 17.3, 12.2, 6.4, 0.3],
      end: (task) => exited(task, after(task.startedAt ?? now, 0.7), { app: { exitCode: 255 } }),
      says: { app: [[0.3, 'exec /usr/local/bin/docker-entrypoint.sh: exec format error']] },
      last: 'pending',
      createdAt: ago(33, 4),
    });
    return mergeWorlds([world, { repositories: [repository] }]);
  },
};
