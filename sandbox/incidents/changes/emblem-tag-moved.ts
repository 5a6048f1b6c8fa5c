import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { digestOf } from '../build/task.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { redeployed } from './redeployed.ts';

/** Nobody touched the task definition: the tag that it names was pushed anew, and a deployment resolved it again. */
export const emblemTagMoved: Incident = {
  name: 'emblem-tag-moved',
  title: 'the tag of emblem was pushed over, and the tasks of the next deployment end',
  environment: 'prod',
  ask: 'why-stopped emblem prod',
  expected: {
    state: 'problem',
    cause: 'image-tag-moved',
    status: 'confirmed',
    chain: ['crash-loop-after-running', 'app-exit-error', 'image-tag-moved'],
  },
  world(now, place) {
    const ago = before(now);
    const image = ecrImage(place, 'emblem', 'release');
    const fresh = digestOf(`${image} pushed anew`);
    return mergeWorlds([
      redeployed(place, now, {
        service: 'emblem',
        revision: 21,
        containers: [{ name: 'app', image, memory: 1024, port: 8080 }],
        first: days(11),
        again: 24,
        starts: [23, 18.4, 11.2, 5.1],
        lives: 2.4,
        says: [
          [0.5, 'emblem starting'],
          [1.4, "Error: Cannot find module './render/svg.js'"],
        ],
        failing: (task) => ({
          ...task,
          containers: task.containers?.map((container) => ({ ...container, imageDigest: fresh })),
        }),
      }),
      {
        repositories: [
          {
            repository: repositoryNamed(place, 'emblem'),
            images: [
              imageDetail(image, ago(days(11), 600), { imageTags: [] }),
              imageDetail(image, ago(31), { imageDigest: fresh }),
            ],
          },
        ],
      },
    ]);
  },
};
