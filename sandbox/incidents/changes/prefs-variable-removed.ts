import { ended } from '../build/ended.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { before, days } from '../build/times.ts';
import type { Incident, Place } from '../incident.ts';
import { calledBy } from './called-by.ts';

/** Three things were changed at once; one of them is what the log asks for. */
export const prefsVariableRemoved: Incident = {
  name: 'prefs-variable-removed',
  title: 'prefs:31 no longer sets SESSION_STORE_URL, beside two changes that do no harm',
  environment: 'prod',
  ask: 'changes prefs prod',
  expected: {
    state: 'problem',
    cause: 'variable-removed',
    status: 'confirmed',
    chain: ['crash-loop-after-running', 'app-config-missing', 'variable-removed'],
  },
  world(now, place) {
    const container = (tag: string, environment: Record<string, string>) => ({
      name: 'app',
      image: ecrImage(place, 'prefs', tag),
      memory: 1024,
      environment,
    });
    const store = { SESSION_STORE_URL: 'redis://sessions.prod.internal:6379' };
    return mergeWorlds([
      ended(place, now, {
        service: 'prefs',
        good: {
          revision: 30,
          ago: days(6),
          containers: [container('7.0.1', { ...store, LOG_LEVEL: 'info' })],
        },
        bad: { revision: 31, ago: 28, containers: [container('7.1.0', { LOG_LEVEL: 'debug' })] },
        lives: 1.9,
        ends: { app: { exitCode: 1 } },
        says: {
          app: [
            [0.6, 'prefs 7.1.0 starting'],
            [1.2, 'Error: environment variable SESSION_STORE_URL is not set'],
          ],
        },
      }),
      {
        trailEvents: [
          calledBy(place, 'maria', before(now)(29, 20), 'RegisterTaskDefinition', { family: 'prefs' }),
          calledBy(place, 'maria', before(now)(28), 'UpdateService', {
            service: 'prefs',
            cluster: place.cluster,
          }),
          calledBy(place, 'noah', before(now)(27.6), 'UpdateService', {
            service: 'pricing',
            cluster: place.cluster,
          }),
          edited(place, before(now)(31), 'RevokeSecurityGroupEgress', securityGroupOf(place, 'prefs')),
          edited(place, before(now)(30.5), 'RevokeSecurityGroupEgress', securityGroupOf(place, 'pricing')),
          calledBy(
            place,
            'noah@example.com',
            before(now)(30),
            'PutRolePolicy',
            { roleName: 'prefs-execution', policyName: 'read-secrets', policyDocument: '{}' },
            {
              source: 'iam.amazonaws.com',
              resources: [{ ResourceType: 'AWS::IAM::Role', ResourceName: 'prefs-execution' }],
            },
          ),
        ],
      },
    ]);
  },
};

/** A rule of a security group, as the event history has it. */
function edited(place: Place, at: Date, name: string, groupId: string) {
  const rule = {
    ipProtocol: 'tcp',
    fromPort: 6379,
    toPort: 6379,
    ipRanges: { items: [{ cidrIp: '10.20.0.0/16' }] },
  };
  return calledBy(
    place,
    'terraform',
    at,
    name,
    { groupId, ipPermissions: { items: [rule] } },
    {
      source: 'ec2.amazonaws.com',
      resources: [{ ResourceType: 'AWS::EC2::SecurityGroup', ResourceName: groupId }],
    },
  );
}
