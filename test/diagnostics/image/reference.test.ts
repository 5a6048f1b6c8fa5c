import { describe, expect, it } from 'vitest';
import { readImage } from '#diagnostics/image/reference.ts';

const digest = `sha256:${'0f'.repeat(32)}`;
const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

describe('an image is read in every legal form', () => {
  it.each([
    ['nginx', { registry: { kind: 'docker-hub' }, repository: 'library/nginx', tag: 'latest' }],
    ['team/app:1.4', { registry: { kind: 'docker-hub' }, repository: 'team/app', tag: '1.4' }],
    [
      'docker.io/library/nginx:1',
      { registry: { kind: 'docker-hub' }, repository: 'library/nginx', tag: '1' },
    ],
    [`nginx@${digest}`, { repository: 'library/nginx', digest }],
    [`${ecr}/team/app:v1@${digest}`, { repository: 'team/app', tag: 'v1', digest }],
    ['localhost:5000/app', { registry: { kind: 'other', host: 'localhost', port: 5000 }, tag: 'latest' }],
    ['ghcr.io/org/app:2', { registry: { kind: 'other', host: 'ghcr.io' }, repository: 'org/app', tag: '2' }],
    ['public.ecr.aws/docker/library/redis:7', { registry: { kind: 'ecr-public' } }],
    [`${ecr}/app`, { registry: { kind: 'ecr', account: '111122223333', region: 'eu-west-1', fips: false } }],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a:1', { registry: { kind: 'ecr', fips: true } }],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1', { registry: { region: 'cn-north-1' } }],
    ['111122223333.dkr-ecr.us-east-1.on.aws/a:1', { registry: { kind: 'ecr', dualStack: true } }],
  ])('%s', (text, expected) => {
    expect(readImage(text)).toMatchObject({ valid: true, ...expected });
  });

  it('a digest alone leaves no tag', () => {
    expect(readImage(`${ecr}/app@${digest}`)).not.toHaveProperty('tag');
  });
});

describe('what no registry takes is said to be wrong', () => {
  it.each([
    ['', 'is empty'],
    ['app:', 'has an empty tag'],
    [`${ecr}/:1`, 'has an empty part'],
    [`${ecr}//app:1`, 'has an empty part'],
    ['team/App:1', 'has an upper-case letter in its path'],
    ['app:1 ', 'holds a space'],
    ['app@sha256:short', 'has no digest behind its @'],
  ])('%s', (text, why) => {
    expect(readImage(text)).toEqual({ valid: false, why });
  });
});
