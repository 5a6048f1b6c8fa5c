import { failedStarts } from '../build/failed-starts.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Everything behind one NAT address shares Docker Hub's anonymous quota. */
export const docsRateLimited: Incident = {
  name: 'docs-rate-limited',
  title: 'docs pulls from Docker Hub without a login and has used up its quota',
  environment: 'staging',
  ask: 'why-stopped docs staging',
  expected: { state: 'problem', cause: 'image-rate-limited', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'web',
      image: `docker.io/library/httpd:${tag}`,
      memory: 512,
      port: 80,
    });
    return failedStarts(place, now, {
      service: 'docs',
      good: { revision: 9, ago: days(33), containers: [container('2.4.65')] },
      bad: { revision: 10, ago: 20, containers: [container('2.4.66')] },
      during: 'pull',
      givesUpAfter: 41,
      reason: () =>
        'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/httpd:2.4.66: failed to do request: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/httpd/manifests/2.4.66: 429 Too Many Requests: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    });
  },
};
