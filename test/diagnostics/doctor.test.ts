import { expect, it } from 'vitest';
import { examine } from '#diagnostics/doctor.ts';
import type { CallObserver, Session } from '#src/aws/aws.ts';

it('an examination that AWS does not answer ends with its time', async () => {
  const connect = ({ signal }: CallObserver) => ({
    sts: {
      getCallerIdentity: () =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
  });
  const session = {
    account: '222222222222',
    region: 'us-east-1',
    partition: 'aws',
    connect,
  } as object as Session;
  const { assumed } = await examine(session, 'prod', ['ecs:ListTasks'], 1);
  expect(assumed.ok).toBe(false);
});
