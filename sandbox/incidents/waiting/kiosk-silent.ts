import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Desired 1, running 0, for days: no task, no stop, no event, and yet not as it should be. */
export const kioskSilent: Incident = {
  name: 'kiosk-silent',
  title: 'kiosk should run one task, runs none for two days, and nothing says why',
  environment: 'staging',
  ask: 'why-pending kiosk staging',
  expected: { state: 'problem', cause: 'no-task-started', status: 'open' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'kiosk', {
      revision: 2,
      ago: days(40),
      containers: [{ name: 'app', image: ecrImage(place, 'kiosk', '0.2.0'), memory: 512 }],
    });
    return serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(70)),
      releases: [live],
      forgotten: [launched(live, 0, after(live.startedAt, 2))],
      quietUntil: ago(days(2)),
    });
  },
};
