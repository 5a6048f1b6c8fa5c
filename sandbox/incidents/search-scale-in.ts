import { eventsOf } from './build/events.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { scaledIn } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The evening's scale-in: tasks that were asked to go and went. */
export const searchScaleIn: Incident = {
  name: 'search-scale-in',
  title: 'search was scaled in from six tasks to three',
  environment: 'staging',
  ask: 'why-stopped search staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'search',
      revision: 77,
      registeredAt: ago(days(2), 55),
      containers: [{ name: 'app', image: ecrImage(place, 'search', '8.2.0'), memory: 1024 }],
    });
    const live = release(place, definition, { startedAt: ago(days(2)), finishedAt: ago(days(2) - 4) });
    const start = (number: number) => launched(live, number, after(live.startedAt, 2));
    const gone = [3, 4, 5].map((number) =>
      scaledIn(start(number), ago(18), live.id, { ends: { app: { exitCode: number === 4 ? 143 : 0 } } }),
    );
    return serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(412)),
      releases: [live],
      tasks: [start(0), start(1), start(2), ...gone],
      events: [eventsOf('search').steady(ago(17, 20))],
      quietUntil: ago(19),
    });
  },
};
