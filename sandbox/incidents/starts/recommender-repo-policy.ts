import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Account of the platform team, which builds the images that others run. */
const platform = '444444444444';

/** The image moved to another account, whose repository lets nobody in yet. */
export const recommenderRepoPolicy: Incident = {
  name: 'recommender-repo-policy',
  title: 'recommender:23 takes its image from the platform account, which refuses the pull',
  environment: 'prod',
  ask: 'why-stopped recommender prod',
  expected: { state: 'problem', cause: 'image-ecr-repo-policy', status: 'likely' },
  world(now, place) {
    const image = (owner: string, tag: string) =>
      ecrImage({ ...place, account: owner }, 'ml/recommender', tag);
    const refused = image(platform, '4.1.0');
    return failedStarts(place, now, {
      service: 'recommender',
      good: {
        revision: 22,
        ago: days(17),
        containers: [{ name: 'app', image: image(place.account, '4.0.6'), memory: 1024 }],
      },
      bad: { revision: 23, ago: 20, containers: [{ name: 'app', image: refused, memory: 1024 }] },
      during: 'pull',
      givesUpAfter: 34,
      reason: () =>
        `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${refused}: pulling from host ${platform}.dkr.ecr.${place.region}.amazonaws.com failed with status code [manifests 4.1.0]: 403 Forbidden`,
    });
  },
};
