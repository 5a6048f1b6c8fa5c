import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Switched off for the night: nothing should run, and nothing does. */
export const previewScaledToZero: Incident = {
  name: 'preview-scaled-to-zero',
  title: 'preview was scaled to zero for the night',
  environment: 'staging',
  ask: 'why-stopped preview staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'preview', {
      revision: 77,
      ago: days(3),
      containers: [{ name: 'app', image: ecrImage(place, 'preview', '0.77.0'), memory: 512 }],
    });
    const gone = [0, 1].map((number) =>
      scaledIn(launched(live, number, after(live.startedAt, 2)), ago(33), live.id),
    );
    return serviceWorld(place, now, {
      desired: 0,
      createdAt: ago(days(120)),
      releases: [live],
      tasks: gone,
      quietUntil: ago(34),
    });
  },
};
