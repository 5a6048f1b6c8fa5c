import { internalFront } from '../build/internal-front.ts';
import { onHost, onPath } from '../build/listener.ts';
import type { Incident } from '../incident.ts';

export const scribeRuleShadowed: Incident = {
  name: 'scribe-rule-shadowed',
  title: 'a rule for every path of the host takes what scribe sends to blotter',
  environment: 'prod',
  ask: 'connect scribe blotter prod',
  expected: { state: 'problem', cause: 'connect-rule-shadowed', status: 'likely' },
  world(now, place) {
    const maintenance = {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '503', ContentType: 'text/plain', MessageBody: 'back soon' },
    } as const;
    return internalFront(place, now, {
      from: 'scribe',
      to: 'blotter',
      environment: { BLOTTER_URL: 'https://desk.example.com/blotter' },
      rules: [
        { priority: 5, conditions: [onHost('desk.example.com')], action: maintenance },
        { priority: 20, conditions: [onHost('desk.example.com'), onPath('/blotter/*')] },
      ],
    });
  },
};
