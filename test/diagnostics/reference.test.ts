import { describe, expect, it } from 'vitest';
import { parseReference } from '#diagnostics/reference.ts';
import { fc } from '#test/property.ts';

const id = '0123456789abcdef0123456789abcdef';
const place = { region: 'us-east-1', account: '222222222222' };

describe('an ARN, address or id is read', () => {
  it.each([
    [id, { task: id }],
    ['01234567-89ab-cdef-0123-456789abcdef', { task: '01234567-89ab-cdef-0123-456789abcdef' }],
    [`arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`, { ...place, cluster: 'prod', task: id }],
    [`arn:aws:ecs:us-east-1:222222222222:task/${id}`, { ...place, task: id }],
    ['arn:aws:ecs:us-east-1:222222222222:service/prod/api', { ...place, cluster: 'prod', service: 'api' }],
    ['arn:aws:ecs:us-east-1:222222222222:service/api', { ...place, service: 'api' }],
    ['arn:aws:ecs:us-east-1:222222222222:task-definition/api:42', { ...place, family: 'api' }],
    ['arn:aws:ecs:us-east-1:222222222222:cluster/prod', { ...place, cluster: 'prod' }],
    [
      'arn:aws-cn:ecs:cn-north-1:222222222222:service-deployment/prod/api/AbC',
      { region: 'cn-north-1', account: '222222222222', cluster: 'prod', service: 'api' },
    ],
    [
      'https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api/health?region=us-east-1',
      { region: 'us-east-1', cluster: 'prod', service: 'api' },
    ],
    [
      `<https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/prod/tasks/${id}/configuration|console>`,
      { region: 'eu-west-1', cluster: 'prod', task: id },
    ],
    [
      `https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api/tasks/${id}`,
      { region: 'us-east-1', cluster: 'prod', service: 'api', task: id },
    ],
    [
      'https://console.aws.amazon.com/ecs/home?region=us-west-2#/clusters/main/services/api/events',
      { region: 'us-west-2', cluster: 'main', service: 'api' },
    ],
    [
      'https://us-gov-west-1.console.amazonaws-us-gov.com/ecs/v2/clusters/a/services/b',
      { region: 'us-gov-west-1', cluster: 'a', service: 'b' },
    ],
    [
      'https://222222222222-a1b2c3d4.us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api?region=us-east-1',
      { ...place, cluster: 'prod', service: 'api' },
    ],
    [
      'https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/50%off/services/a%2Db',
      { region: 'us-east-1', cluster: '50%off', service: 'a-b' },
    ],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });
});

describe('anything else is a name', () => {
  it.each([
    ['api'],
    ['https://example.com/ecs/v2/clusters/prod/services/api'],
    ['https://console.aws.amazon.com.evil.example/ecs/v2/clusters/prod/services/api'],
    ['https://222222222222.us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api'],
    ['arn:aws:s3:::bucket'],
    ['https://us-east-1.console.aws.amazon.com/ecs/v2/task-definitions/api'],
  ])('%s', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        (text) => void parseReference(text),
      ),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseReference(text)));
  });
});
