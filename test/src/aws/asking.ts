import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { CallObserver } from '#src/aws/aws.ts';
import { createSessions } from '#src/aws/sessions.ts';
import type { Environment } from '#src/config.ts';
import { environment, silent } from './sts.ts';

export const observer: CallObserver = { started: () => () => undefined };

/** The process's own keys, a clock that stands, and no way out but to what a test has nock answer. */
export function useStandingClock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  afterAll(() => nock.restore());
  beforeEach(() => {
    nock.disableNetConnect();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIABASE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    // The SDK waits a random part of a second before a retry.
    vi.spyOn(Math, 'random').mockReturnValue(0.01);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

let asked = 0;
/** Asks ECS for something that no cache holds. */
export function ask(
  sessions: ReturnType<typeof createSessions>,
  person = 'U1',
  name = 'prod',
  region?: string,
) {
  asked += 1;
  return sessions
    .open(name, person, region)
    .connect(observer)
    .ecs.listTasks({ cluster: `c${asked}` });
}

export function open(...environments: Environment[]) {
  return createSessions({
    environments: environments.length > 0 ? environments : [environment()],
    log: silent,
  });
}
