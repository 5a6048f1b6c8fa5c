import { describe, expect, it } from 'vitest';
import { metadataFindings } from '#diagnostics/checks/iam/metadata-findings.ts';
import type { MetadataHost } from '#diagnostics/facts/access/host-metadata.ts';
import { known } from './known.ts';

const profile = { IamInstanceProfile: { Arn: 'arn:aws:iam::222222222222:instance-profile/ecsInstanceRole' } };
const near = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } as const;
const log = (message: string) => [{ container: 'app', task: '1', lines: [{ message }] }];
const none = log('botocore.exceptions.NoCredentialsError: Unable to locate credentials');

function found(
  host: Partial<MetadataHost>,
  more: Parameters<typeof known>[0] = {},
  logs = none,
  others: readonly MetadataHost[] = [],
) {
  const all = known({ launch: 'ec2', ...more });
  return metadataFindings(all, logs, [{ InstanceId: 'i-1', ...profile, ...host }, ...others]);
}

describe('a program without a task role that finds no credentials on an instance', () => {
  it.each<[string, Partial<MetadataHost>, object, string[]]>([
    ['whose metadata is a hop too far', { MetadataOptions: near }, {}, ['likely']],
    [
      'whose metadata is near, from a network of the task',
      { MetadataOptions: near },
      { networkMode: 'awsvpc' },
      [],
    ],
    ['that still answers IMDSv1', { MetadataOptions: { ...near, HttpTokens: 'optional' } }, {}, []],
    ['that answers over two hops', { MetadataOptions: { ...near, HttpPutResponseHopLimit: 2 } }, {}, []],
    [
      'whose metadata is off',
      { MetadataOptions: { HttpEndpoint: 'disabled' } },
      { networkMode: 'host' },
      ['confirmed'],
    ],
    ['that has no profile', { IamInstanceProfile: undefined }, {}, ['confirmed']],
    ['with nothing in the way', {}, {}, []],
    [
      'and has a task role after all',
      { MetadataOptions: near },
      { taskRoleArn: 'arn:aws:iam::222222222222:role/t' },
      [],
    ],
  ])('%s', (_, host, definition, expected) => {
    expect(found(host, { definition }).map(({ status }) => status)).toEqual(expected);
  });

  it('is only likely to be on that instance where another has nothing in the way', () => {
    const others = [{ InstanceId: 'i-2', ...profile }];
    expect(found({ IamInstanceProfile: undefined }, {}, none, others)).toMatchObject([{ status: 'likely' }]);
  });

  it('is not one that was refused something, nor one that runs elsewhere', () => {
    const refused = log('AccessDenied: User: arn:aws:sts::222222222222:assumed-role/x/i-0 is not authorized');
    expect(found({ MetadataOptions: near }, {}, refused)).toEqual([]);
    expect(found({ MetadataOptions: near }, { launch: 'managed' })).toEqual([]);
  });

  it('is told what to change, on that instance', () => {
    const [finding] = found({ MetadataOptions: near });
    expect(finding?.summary).toMatch(/names no task role, and i-1 answers .* one hop/);
    expect(finding?.fix?.cli).toContain('--instance-id i-1 --http-put-response-hop-limit 2');
  });
});
