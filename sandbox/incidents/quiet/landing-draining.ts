import { balancerOf, draining } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The new tasks are healthy, the old ones gone; their targets drain for another minute or two. */
export const landingDraining: Incident = {
  name: 'landing-draining',
  title: 'landing was deployed well; its old targets are still draining',
  environment: 'prod',
  ask: 'why-stopped landing prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const version = (revision: number, tag: string, minutes: number) =>
      deployed(place, now, 'landing', {
        revision,
        ago: minutes,
        containers: [{ name: 'app', image: ecrImage(place, 'landing', tag), memory: 512, port: 8080 }],
      });
    const old = version(140, '30.2.0', days(1));
    const live = version(141, '30.3.0', 5);
    const fresh = [10, 11].map((number) => launched(live, number, after(live.startedAt, 2)));
    const gone = [0, 1].map((number) =>
      scaledIn(launched(old, number, after(old.startedAt, 2)), ago(2.4), live.id, {
        ends: { app: { exitCode: 143 } },
      }),
    );
    return serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(700)),
      releases: [old, live],
      tasks: [...fresh, ...gone],
      balancer: balancerOf(place, 'landing'),
      targets: gone.map((task) => ({ task, health: draining })),
    });
  },
};
