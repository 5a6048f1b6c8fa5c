import { idOf, secretArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import type { Incident } from '../incident.ts';
import { refusedStart, secretRefused } from './refused-start.ts';

/** A rotation was tried out by hand, and its label stayed in the task definition. */
export const cinemaVersionStage: Incident = {
  name: 'cinema-version-stage',
  title: 'cinema:12 asks for the AWSPENDING value of a secret that has none',
  environment: 'staging',
  ask: 'why-stopped cinema staging',
  expected: { state: 'problem', cause: 'secret-empty-value', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'staging/cinema/seats-api', 'Zk91Lm');
    return refusedStart(place, now, {
      service: 'cinema',
      revision: 11,
      takes: { secrets: { SEATS_API: `${secret}::AWSPENDING:` } },
      reason: (task) =>
        secretRefused(
          secret,
          `ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING status code: 400, request id: ${uuid(idOf(task))}`,
        ),
    });
  },
};
