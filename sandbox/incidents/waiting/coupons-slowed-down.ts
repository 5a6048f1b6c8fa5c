import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Each try fails sooner than ECS is willing to make the next one. */
export const couponsSlowedDown: Incident = {
  name: 'coupons-slowed-down',
  title: 'ECS slows down its tries to start coupons, whose image does not exist',
  environment: 'staging',
  ask: 'events coupons staging',
  expected: {
    state: 'problem',
    cause: 'image-not-found',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-not-found'],
  },
  world(now, place) {
    const image = (tag: string) => ecrImage(place, 'coupons', tag);
    return failedStarts(place, now, {
      service: 'coupons',
      good: { revision: 12, ago: days(3), containers: [{ name: 'app', image: image('1.2.0'), memory: 512 }] },
      bad: { revision: 13, ago: 38, containers: [{ name: 'app', image: image('1.3.0'), memory: 512 }] },
      during: 'pull',
      givesUpAfter: 31,
      tries: [37, 35, 31, 22, 10],
      reason: () =>
        `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image('1.3.0')}: ${image('1.3.0')}: not found`,
    });
  },
};
