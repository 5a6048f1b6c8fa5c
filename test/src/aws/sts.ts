import nock from 'nock';
import { pino } from 'pino';
import type { Environment } from '#src/config.ts';

/** What a test needs of STS: answers as it writes them, and what it was asked. */
export interface Asked {
  parameters: Record<string, string>[];
}

export const role = 'arn:aws:iam::222222222222:role/ecs-sleuth';
export const silent = pino({ level: 'silent' });
/** As every failed sign-in at STS names the caller. */
export const bot = 'arn:aws:sts::111111111111:assumed-role/bot/i-0a1b';

export function environment(over: Partial<Environment> = {}): Environment {
  return { name: 'prod', account: '222222222222', region: 'us-east-1', partition: 'aws', role, ...over };
}

export interface Assumed {
  arn?: string;
  key?: string;
  expiration?: Date;
}

const hour = 3_600_000;

export function assumed({
  arn = 'arn:aws:sts::222222222222:assumed-role/ecs-sleuth/U1',
  key = 'ASIA1',
  expiration = new Date(Date.now() + hour),
}: Assumed = {}): string {
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROA1:U1</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>session</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;
}

export function identity(arn: string): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>${arn}</Arn><UserId>U</UserId><Account>${arn.split(':')[4]}</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

export function refused(code: string, message: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
    <Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
}

/** STS's next answers, in order. */
export function sts(
  answers: readonly [number, string | (() => string)][],
  host = 'sts.us-east-1.amazonaws.com',
): Asked {
  const asked: Asked = { parameters: [] };
  for (const [status, body] of answers) {
    nock(`https://${host}`)
      .post('/', (form) => {
        asked.parameters.push(form as Record<string, string>);
        return true;
      })
      .reply(status, body);
  }
  return asked;
}

/** ECS's answers, and the access keys that its calls were signed with. */
export function ecs(
  answers: readonly [number, object][],
  host = 'ecs.us-east-1.amazonaws.com',
): { keys: string[] } {
  const seen: { keys: string[] } = { keys: [] };
  for (const [status, body] of answers) {
    nock(`https://${host}`)
      .post('/')
      .reply(status, (request: Request) => {
        seen.keys.push(/Credential=(\w+)/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '');
        return body;
      });
  }
  return seen;
}
