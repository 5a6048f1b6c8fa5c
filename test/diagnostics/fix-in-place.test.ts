import { describe, expect, it } from 'vitest';
import { inPlace } from '#diagnostics/fix-in-place.ts';

const cli = (text: string, region?: string) => inPlace({ summary: '', cli: text }, region).cli;
const terraform = (text: string, region?: string) =>
  inPlace({ summary: '', terraform: text }, region).terraform;

describe('a fix in its place', () => {
  it.each([
    [
      'names the region where a command has none',
      'aws ecs update-service --cluster a',
      'aws ecs update-service --region eu-west-1 --cluster a',
    ],
    ['leaves one that is there', 'aws ecr get-x --region us-east-1', 'aws ecr get-x --region us-east-1'],
    [
      'looks at each command by itself',
      'aws logs tail /a/b --since 1h\naws ec2 x --region eu-west-1\naws ecs y',
      'aws logs tail /a/b --region eu-west-1 --since 1h\naws ec2 x --region eu-west-1\naws ecs y --region eu-west-1',
    ],
    [
      'reads on after a broken line',
      "aws ecs x --query y \\\n  | jq 'aws' > f\n",
      "aws ecs x --region eu-west-1 --query y \\\n  | jq 'aws' > f\n",
    ],
    [
      'finds a command within another',
      'aws ecs x --region eu-west-1 --y $(aws ec2 z)',
      'aws ecs x --region eu-west-1 --y $(aws ec2 z --region eu-west-1)',
    ],
    ['knows that roles have no region', 'aws iam get-role --role-name a', 'aws iam get-role --role-name a'],
    ['leaves other programs alone', 'docker push aws/x', 'docker push aws/x'],
  ])('%s', (_, given, shown) => {
    expect(cli(given, 'eu-west-1')).toBe(shown);
    expect(cli(shown, 'eu-west-1')).toBe(shown);
  });

  it('leaves the region to the reader where none is known', () => {
    expect(cli('aws ecs x --y')).toBe('aws ecs x --y');
  });

  it.each([
    ['eu-west-1', 'arn:aws:iam::aws:policy/x'],
    ['cn-north-1', 'arn:aws-cn:iam::aws:policy/x'],
    ['us-gov-west-1', 'arn:aws-us-gov:iam::aws:policy/x'],
  ])('writes ARNs as %s does', (region, arn) => {
    const given = 'arn:aws:iam::aws:policy/x';
    expect(inPlace({ summary: given, terraform: given, cli: given, policy: given }, region)).toEqual({
      summary: arn,
      terraform: arn,
      cli: arn,
      policy: arn,
    });
  });

  it.each([
    ['birds/pipit', 'birds_pipit'],
    ['2048-game', '_2048-game'],
    ['api', 'api'],
    ['ns.app', 'ns_app'],
  ])('makes a label that Terraform takes out of %s', (name, label) => {
    expect(terraform(`resource "aws_ecs_service" "${name}" {\n  name = "${name}"\n}`)).toBe(
      `resource "aws_ecs_service" "${label}" {\n  name = "${name}"\n}`,
    );
  });
});
