import { instanceOf, onInstances } from '../build/ec2.ts';
import { ended } from '../build/ended.ts';
import { hostsWithout } from '../build/instance-profile.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** It always lived on what the role of its instances may; the new version reads a queue that this role does not know. */
export const tinsmithInstanceRoleApp: Incident = {
  name: 'tinsmith-instance-role-app',
  title:
    'tinsmith:9 names no task role, and the role of its instance may not read the queue of the new version',
  environment: 'staging',
  ask: 'why-stopped tinsmith staging',
  expected: { state: 'problem', cause: 'app-credentials-missing', status: 'likely' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'tinsmith', tag),
      memory: 512,
    });
    const host = instanceOf(place, 'tinsmith', { number: 0, registeredAt: before(now)(days(90)) });
    const who = `arn:aws:sts::${place.account}:assumed-role/tinsmith-hosts/${host.ec2InstanceId}`;
    const queue = `arn:aws:sqs:${place.region}:${place.account}:tinsmith-orders`;
    const told = ended(place, now, {
      service: 'tinsmith',
      good: { revision: 8, ago: days(30), containers: [container('2.3.1')] },
      bad: { revision: 9, ago: 28, containers: [container('2.4.0')] },
      lives: 6.8,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.6, 'tinsmith 2.4.0 starting, queue tinsmith-orders'],
          [
            6.1,
            `botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ReceiveMessage operation: User: ${who} is not authorized to perform: sqs:receivemessage on resource: ${queue} because no identity-based policy allows the sqs:receivemessage action`,
          ],
        ],
      },
    });
    const bare = (told.taskDefinitions ?? []).map((one) => ({ ...one, taskRoleArn: undefined }));
    return mergeWorlds([
      onInstances({ ...told, taskDefinitions: bare }, [host]),
      hostsWithout(place, 'tinsmith-hosts', [host], []),
    ]);
  },
};
