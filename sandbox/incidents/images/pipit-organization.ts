import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** The condition asks for the id of an organization that cannot be known from outside: neither yes nor no. */
export const pipitOrganization: Incident = {
  name: 'pipit-organization',
  title: 'the repository of pipit:4 admits an organization, which nobody here knows',
  environment: 'prod',
  ask: 'image pipit prod',
  expected: { state: 'problem', cause: 'image-ecr-repo-policy', status: 'open' },
  world(now, place) {
    const owner = { ...place, account: '444444444444' };
    const image = ecrImage(owner, 'birds/pipit', '4.1.0');
    const repository = {
      repository: repositoryNamed(owner, 'birds/pipit'),
      images: [imageDetail(image, before(now)(90))],
      admitsReaders: true,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Organization',
            Effect: 'Allow',
            Principal: '*',
            Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
          },
        ],
      }),
    };
    return refusedPull(place, now, {
      service: 'pipit',
      image,
      says: 'pull image manifest has been retried 1 time(s)',
      tell: () => ({ repositories: [repository] }),
    });
  },
};
