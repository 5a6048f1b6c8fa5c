import { describe, expect, it } from 'vitest';
import { culpritOf } from '#diagnostics/rules/culprit.ts';

const web = { name: 'web', essential: true };
const router = { name: 'log_router', essential: true };

describe('the culprit of a stopped task', () => {
  it.each([
    [
      'the one with an error of its own',
      [
        { ...web, exitCode: 1 },
        { ...router, exitCode: 0 },
      ],
      'web',
    ],
    [
      'not the one that was killed in the wake',
      [
        { ...web, exitCode: 137 },
        { ...router, exitCode: 1 },
      ],
      'log_router',
    ],
    [
      'not the one that obeyed SIGTERM',
      [
        { ...web, exitCode: 143 },
        { ...router, exitCode: 0 },
      ],
      'log_router',
    ],
    [
      'the application before its helper, when both failed',
      [
        { ...router, exitCode: 2 },
        { ...web, exitCode: 3 },
      ],
      'web',
    ],
    [
      'never one that is not essential',
      [
        { name: 'x', essential: false, exitCode: 1 },
        { ...web, exitCode: 143 },
      ],
      'web',
    ],
    [
      'the one whose reason is a failure',
      [
        { ...web, exitCode: 137, reason: 'OutOfMemoryError' },
        { ...router, exitCode: 1 },
      ],
      'web',
    ],
    [
      'not the one on which ECS wrote 143 because its dependency failed',
      [
        { ...web, exitCode: 143, reason: 'CannotStartContainerError: dependency graph: …' },
        { name: 'migrate', exitCode: 2 },
      ],
      'migrate',
    ],
  ])('is %s', (_, containers, name) => {
    expect(culpritOf(containers)?.container.name).toBe(name);
  });

  it('is the one that the task events show to have stopped first, whatever the codes say', () => {
    const containers = [
      { ...web, exitCode: 1 },
      { ...router, exitCode: 0 },
    ];
    expect(culpritOf(containers, 'log_router')).toMatchObject({ container: { name: 'log_router' } });
  });

  it('is told with its rival when two containers have errors of their own', () => {
    const containers = [
      { ...web, exitCode: 1 },
      { name: 'worker', exitCode: 2 },
    ];
    expect(culpritOf(containers)).toMatchObject({ container: { name: 'web' }, rival: { name: 'worker' } });
  });

  it('is nobody where no container has ended', () => {
    expect(culpritOf([{ name: 'web' }])).toBeUndefined();
  });
});
