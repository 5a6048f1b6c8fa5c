import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { hostsWithout } from '../build/instance-profile.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** The managed policy of the instances gave way to one written by hand, and the agent's cached login has run out since. */
export const loomInstanceRole: Incident = {
  name: 'loom-instance-role',
  title: 'loom names no execution role, and the role of its instances lost the right to pull',
  environment: 'prod',
  ask: 'why-stopped loom prod',
  expected: {
    state: 'problem',
    cause: 'image-ecr-permission',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-ecr-permission'],
  },
  world(now, place) {
    const image = ecrImage(place, 'loom', '3.1.0');
    const told = refusedPull(place, now, {
      service: 'loom',
      image,
      says: `Error response from daemon: pull access denied for ${image.replace(/:[^:]*$/, '')}, repository does not exist or may require 'docker login'`,
    });
    const hosts: [ContainerInstance, ContainerInstance] = [
      instanceOf(place, 'loom', { number: 0, registeredAt: before(now)(days(45)) }),
      instanceOf(place, 'loom', { number: 1, registeredAt: before(now)(days(45)) }),
    ];
    const bare = (told.taskDefinitions ?? []).map((one) => ({ ...one, executionRoleArn: undefined }));
    return mergeWorlds([
      onInstances({ ...told, taskDefinitions: bare }, hosts),
      hostsWithout(place, 'loom-hosts', hosts, ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']),
    ]);
  },
};
