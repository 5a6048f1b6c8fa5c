import { expect, it } from 'vitest';
import { queryNamed } from '#diagnostics/insights/library.ts';
import { unknownShape } from '#diagnostics/insights/shape.ts';

const stoppedAt = new Date('2026-11-24T14:41:07.000Z');
const ids = ['1', '2', '3'].map((figure) => figure.repeat(32));
const frame = {
  shape: unknownShape,
  window: { from: stoppedAt, to: stoppedAt },
  stopped: ids.map((id) => ({
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`,
    stoppedAt,
  })),
  matched: 0,
};
const row = (id = '', index = 0) => ({
  '@timestamp': '2026-11-24 14:41:06.000',
  '@logStream': `ecs/app/${id}`,
  '@message': `line ${String.fromCharCode(97 + (index % 26))} of ${id.charAt(0) === '1' ? 'one' : 'two'}`,
});

it('a task without a row wrote nothing before its stop', () => {
  const { headline } = queryNamed('last-lines').read([row(ids[0]), row(ids[1])], frame);
  expect(headline).toMatch(/^2 of 3 stopped tasks .*; 1 wrote nothing then$/);
});

it('a task is found wherever a template of FireLens puts its id', () => {
  const rows = ids.map((id) => ({ ...row(id), '@logStream': `x/${id}/app` }));
  expect(queryNamed('last-lines').read(rows, frame).headline).toMatch(/^2 of 3 stopped tasks end/);
});

it('and is not said to where another has taken all the rows that there are', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(ids[0], index));
  const { headline } = queryNamed('last-lines').read(rows, frame);
  expect(headline).toMatch(/; 2 are beyond the rows that the query gives$/);
  expect(headline).not.toContain('wrote nothing');
});
