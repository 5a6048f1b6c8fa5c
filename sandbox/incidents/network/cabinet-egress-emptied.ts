import { failedStarts, secretsNotPulled } from '../build/failed-starts.ts';
import { ecrImage, secretArn } from '../build/names.ts';
import { inOwnVpc, lettingOut } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A security group made by Terraform has no outbound rule but those that it is given. */
export const cabinetEgressEmptied: Incident = {
  name: 'cabinet-egress-emptied',
  title: 'the security group of cabinet lost its outbound rules',
  environment: 'staging',
  ask: 'why-stopped cabinet staging',
  expected: {
    state: 'problem',
    cause: 'network-egress-blocked',
    status: 'confirmed',
    chain: ['service-start-impaired', 'secrets-endpoint-unreachable', 'network-egress-blocked'],
  },
  world(now, place) {
    const secret = secretArn(place, 'cabinet/database', 'Kd83ha');
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'cabinet', tag),
      memory: 1024,
      secrets: { DATABASE_URL: secret },
    });
    const world = failedStarts(place, now, {
      service: 'cabinet',
      good: { revision: 61, ago: days(9), containers: [container('5.2.0')] },
      bad: { revision: 62, ago: 37, containers: [container('5.2.1')] },
      during: 'init',
      givesUpAfter: 271,
      reason: () =>
        `${secretsNotPulled} unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret ${secret} from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.`,
    });
    return inOwnVpc(place, {
      service: 'cabinet',
      world,
      changes: [
        lettingOut('cabinet', [
          { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.30.0.0/16' }] },
        ]),
      ],
    });
  },
};
