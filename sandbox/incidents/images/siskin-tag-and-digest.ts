import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { digestOf } from '../build/task.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** The digest decides what is pulled; the tag beside it is for people. */
export const siskinTagAndDigest: Incident = {
  name: 'siskin-tag-and-digest',
  title: 'siskin names a tag and a digest, and the tag is gone',
  environment: 'prod',
  ask: 'image siskin prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const tagged = ecrImage(place, 'siskin', '3.0.0');
    const image = `${tagged}@${digestOf(tagged)}`;
    const world = serving(place, now, 'siskin', image);
    const tasks = world.tasks?.map((task) => ({
      ...task,
      containers: task.containers?.map((container) => ({ ...container, imageDigest: digestOf(tagged) })),
    }));
    const detail = imageDetail(image, before(now)(days(10)), { imageTags: [] });
    return {
      ...world,
      ...(tasks && { tasks }),
      repositories: [{ repository: repositoryNamed(place, 'siskin'), images: [detail] }],
    };
  },
};
