import { deployed } from '../build/deployed.ts';
import { eventsOf } from '../build/events.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { neverStarted } from '../build/stop.ts';
import { digestOf } from '../build/task.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/**
 * Nobody deployed. Scaling asked for more tasks of the same revision; ECS asks for the digest that it pinned in June,
 * and a lifecycle rule has deleted it since.
 */
export const shippingVersionVanished: Incident = {
  name: 'shipping-version-vanished',
  title: 'shipping cannot scale out: the digest that its deployment is pinned to was deleted',
  environment: 'prod',
  ask: 'why-stopped shipping prod',
  expected: { state: 'problem', cause: 'image-version-vanished', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const image = ecrImage(place, 'shipping', 'stable');
    const live = deployed(place, now, 'shipping', {
      revision: 51,
      ago: days(161),
      containers: [{ name: 'app', image, memory: 1024 }],
    });
    const pinned = `${image.replace(/:stable$/, '')}@${digestOf(image)}`;
    const serving = [0, 1].map((number) => launched(live, number, after(live.startedAt, 2)));
    const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${pinned}: ${pinned}: not found`;
    const failed = [21, 17, 11, 4].map((minutes, index) => {
      const task = launched(live, 10 + index, ago(minutes));
      return neverStarted(task, {
        at: after(task.createdAt ?? now, 96 + index),
        during: 'pull',
        stoppedReason: reason,
        container: { name: 'app', reason },
      });
    });
    const fresh = imageDetail(image, ago(days(3)), { imageDigest: digestOf(`${image} anew`) });
    const world = serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(402)),
      releases: [live],
      tasks: [...serving, ...failed],
      events: [eventsOf('shipping').impaired(ago(9))],
      quietUntil: ago(22),
    });
    const repository = { repository: repositoryNamed(place, 'shipping'), images: [fresh] };
    return mergeWorlds([world, { repositories: [repository] }]);
  },
};
