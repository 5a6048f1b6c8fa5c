import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A text that AWS may begin to write one day: what it means is left open, and it is shown as it is. */
export const walletUnknownText: Incident = {
  name: 'wallet-unknown-text',
  title: 'tasks of wallet fail to start with a text that nobody has seen before',
  environment: 'staging',
  ask: 'why-stopped wallet staging',
  expected: { state: 'problem', cause: 'init-failed-unclear', status: 'open' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'wallet', tag), memory: 512 });
    return failedStarts(place, now, {
      service: 'wallet',
      good: { revision: 60, ago: days(5), containers: [container('1.40.0')] },
      bad: { revision: 61, ago: 20, containers: [container('1.41.0')] },
      during: 'init',
      givesUpAfter: 52,
      reason: () => 'AttestationError: the enclave measurement of this workload is not admitted (code 41)',
    });
  },
};
