import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The model went into the image; unpacked it is larger than the 20 GiB that Fargate gives by itself. */
export const embeddingsDiskFull: Incident = {
  name: 'embeddings-disk-full',
  title: 'the image of embeddings:5 does not fit on the task’s disk',
  environment: 'prod',
  ask: 'why-stopped embeddings prod',
  expected: { state: 'problem', cause: 'image-disk-full', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'embeddings', tag),
      memory: 2048,
    });
    return failedStarts(place, now, {
      service: 'embeddings',
      good: { revision: 4, ago: days(11), containers: [container('0.7.2')] },
      bad: { revision: 5, ago: 26, containers: [container('0.8.0-weights')] },
      during: 'pull',
      givesUpAfter: 171,
      tries: [25, 20, 13],
      container: 'app',
      reason: () =>
        'CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:9f1be6c0a3ddc1b5a7e4f2d86c0395be1a7d4420cb8e63f95d21a0c7b46e8f13: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/71/fs/opt/models/bge-m3/model-00004-of-00009.safetensors: no space left on device: unknown',
    });
  },
};
