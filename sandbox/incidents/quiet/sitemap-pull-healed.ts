import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { neverStarted, scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** One pull of a deployment timed out; the next try went through, and the deployment with it. */
export const sitemapPullHealed: Incident = {
  name: 'sitemap-pull-healed',
  title: 'one pull of sitemap timed out; the next did not',
  environment: 'staging',
  ask: 'why-stopped sitemap staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const image = (tag: string) => ecrImage(place, 'sitemap', tag);
    const version = (revision: number, tag: string, minutes: number) =>
      deployed(place, now, 'sitemap', {
        revision,
        ago: minutes,
        containers: [{ name: 'app', image: image(tag), memory: 512 }],
      });
    const old = version(8, '0.8.0', days(9));
    const live = version(9, '0.9.0', 42);
    const first = launched(live, 10, after(live.startedAt, 3));
    const failed = neverStarted(first, {
      at: after(first.createdAt ?? now, 98),
      during: 'pull',
      stoppedReason: `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image('0.9.0')}: failed to do request: Head "https://${place.account}.dkr.ecr.${place.region}.amazonaws.com/v2/sitemap/manifests/0.9.0": dial tcp 10.30.11.61:443: i/o timeout`,
    });
    const second = launched(live, 11, after(live.startedAt, 131));
    const gone = scaledIn(launched(old, 0, after(old.startedAt, 2)), ago(38.6), live.id);
    return serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(90)),
      releases: [old, live],
      tasks: [gone, failed, second],
    });
  },
};
