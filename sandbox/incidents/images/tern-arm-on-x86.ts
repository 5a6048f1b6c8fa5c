import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { crashLoop } from '../build/crash-loop.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { release } from '../build/release.ts';
import { imageDetail, indexOf, repositoryNamed } from '../build/shared-images.ts';
import { exited } from '../build/stop.ts';
import { taskDefinition } from '../build/task-definition.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The task definition asks for no processor, and the instances are what they are. */
export const ternArmOnX86: Incident = {
  name: 'tern-arm-on-x86',
  title: 'the image of tern is built for ARM alone, and its instances have Intel processors',
  environment: 'prod',
  ask: 'why-stopped tern prod',
  expected: { state: 'problem', cause: 'image-arch-mismatch', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const { runtimePlatform: _, ...definition } = taskDefinition(place, {
      family: 'tern',
      revision: 12,
      registeredAt: ago(41),
      containers: [{ name: 'app', image: ecrImage(place, 'tern', 'graviton-1'), memory: 512 }],
    });
    const image = imageDetail(ecrImage(place, 'tern', 'graviton-1'), ago(43));
    const instances: [ContainerInstance, ContainerInstance] = [
      instanceOf(place, 'tern', { number: 0, registeredAt: ago(days(60)) }),
      instanceOf(place, 'tern', { number: 1, registeredAt: ago(days(60)) }),
    ];
    const world = crashLoop(place, now, {
      live: release(place, definition, { startedAt: ago(40) }),
      starts: [39, 36.2, 31, 25.4, 18.1, 9.7, 0.4],
      end: (task) => exited(task, after(task.startedAt ?? now, 0.6), { app: { exitCode: 255 } }),
      says: { app: [[0.2, 'exec /usr/local/bin/tern: exec format error']] },
      last: 'pending',
      createdAt: ago(days(90)),
    });
    return mergeWorlds([
      onInstances(world, instances),
      {
        repositories: [
          {
            repository: repositoryNamed(place, 'tern'),
            images: [image],
            manifests: { [image.imageDigest ?? '']: indexOf([{ architecture: 'arm64', os: 'linux' }]) },
          },
        ],
      },
    ]);
  },
};
