import { internalFront } from '../build/internal-front.ts';
import { onHost, onPath } from '../build/listener.ts';
import type { Incident } from '../incident.ts';

export const bosunRuleBeside: Incident = {
  name: 'bosun-rule-beside',
  title: 'bosun reaches galley, although a rule for other paths of the host comes first',
  environment: 'staging',
  ask: 'connect bosun galley staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const moved = {
      Type: 'redirect',
      RedirectConfig: { Host: 'stores.example.com', StatusCode: 'HTTP_301' },
    } as const;
    return internalFront(place, now, {
      from: 'bosun',
      to: 'galley',
      environment: {
        GALLEY_URL: 'https://ship.example.com/galley',
        PANTRY_URL: 'https://ship.example.com/pantry',
      },
      rules: [
        { priority: 5, conditions: [onHost('ship.example.com'), onPath('/pantry/*')], action: moved },
        { priority: 20, conditions: [onHost('ship.example.com'), onPath('/galley/*')] },
      ],
    });
  },
};
