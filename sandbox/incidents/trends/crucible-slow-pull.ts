import { balancerOf } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { paced } from '../build/paced.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The new version brings a machine learning runtime along: seven times the image, and seven times the pull. */
export const crucibleSlowPull: Incident = {
  name: 'crucible-slow-pull',
  title: 'tasks of crucible spend two minutes on pulling an image that has grown to two gigabytes',
  environment: 'prod',
  ask: 'startup crucible prod',
  expected: { state: 'problem', cause: 'slow-start-pull', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const version = (revision: number, tag: string, minutes: number) =>
      deployed(place, now, 'crucible', {
        revision,
        ago: minutes,
        cpu: '1024',
        memory: '4096',
        containers: [{ name: 'app', image: ecrImage(place, 'crucible', tag), memory: 4096, port: 8080 }],
      });
    const old = version(17, '1.8.2', days(9));
    const live = version(18, '2.0.0', 48);
    const served = [0, 1, 2].map((number) =>
      scaledIn(
        paced(launched(old, number, after(old.startedAt, 2)), { pull: 15.2 + number, boot: 2.1 }),
        after(live.startedAt, 190 + number * 4),
        live.id,
      ),
    );
    const tasks = [0, 1, 2].map((number) =>
      paced(launched(live, 10 + number, after(live.startedAt, 2 + number * 2)), {
        provision: 14.1,
        pull: 112.4 + number * 6,
        boot: 2.6,
      }),
    );
    const image = (tag: string, size: number, minutes: number) =>
      imageDetail(ecrImage(place, 'crucible', tag), ago(minutes), { imageSizeInBytes: size });
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 3,
        createdAt: ago(days(210)),
        releases: [old, live],
        tasks: [...tasks, ...served],
        balancer: balancerOf(place, 'crucible'),
      }),
      {
        repositories: [
          {
            repository: repositoryNamed(place, 'crucible'),
            images: [image('1.8.2', 291_204_118, days(9)), image('2.0.0', 2_118_442_907, 70)],
          },
        ],
      },
    ]);
  },
};
