import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import { waitsToStart } from '../build/waiting.ts';
import type { Incident } from '../incident.ts';

/** Its tasks always take about a minute and a half to start: longer than most, and normal here. */
export const depotJustSlowForOthers: Incident = {
  name: 'depot-just-slow-for-others',
  title: 'a task of depot takes as long to start as the others of it did',
  environment: 'staging',
  ask: 'why-pending depot staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'depot', {
      revision: 6,
      ago: days(15),
      containers: [{ name: 'app', image: ecrImage(place, 'depot', '0.6.0'), memory: 1024 }],
    });
    const slow = [0, 1, 2, 3, 4].map((number) => {
      const task = launched(live, number, after(live.startedAt, 2));
      return { ...task, startedAt: after(task.pullStoppedAt ?? now, 84 + number * 3) };
    });
    return serviceWorld(place, now, {
      desired: 6,
      createdAt: ago(days(500)),
      releases: [live],
      tasks: [...slow, waitsToStart(launched(live, 10, ago(1.75)), {})],
      quietUntil: ago(3),
    });
  },
};
