import { describe, expect, it } from 'vitest';
import { loadConfig } from '#src/config.ts';
import { prod, socket, useAccountsFile } from './accounts-file.ts';

const { faultsOf, write } = useAccountsFile();

describe('the variables for Slack', () => {
  const load = (variables: Record<string, string>) =>
    loadConfig({ ECS_SLEUTH_CONFIG: write(`${prod}    allow: everyone\n`), ...variables });

  it('choose Socket Mode when there is an app token', () => {
    expect(load({ ...socket, SLACK_SIGNING_SECRET: 'abcdefgh12' }).slack).toEqual({
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
    });
  });

  it('choose HTTP when there is none', () => {
    const variables = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'abcdefgh12' };
    expect(load(variables).slack).toMatchObject({ signingSecret: 'abcdefgh12', port: 3000 });
    expect(load({ ...variables, PORT: '8080' }).slack).toMatchObject({ port: 8080 });
  });

  it('may name another Slack, to whose address method names can be added', () => {
    expect(load({ ...socket, SLACK_API_URL: 'http://127.0.0.1:3000/api' }).slack.apiUrl).toBe(
      'http://127.0.0.1:3000/api/',
    );
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'nothing is set',
      {},
      [
        'environment: SLACK_BOT_TOKEN: is not set; expected the bot token, which begins with xoxb-',
        'environment: SLACK_APP_TOKEN: is not set; expected an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
      ],
    ],
    [
      'the tokens are swapped',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      [
        'environment: SLACK_BOT_TOKEN: is an app-level token; expected the bot token, which begins with xoxb-',
        'environment: SLACK_APP_TOKEN: is a bot token; expected an app-level token, which begins with xapp-',
      ],
    ],
    [
      'the token expires',
      { ...socket, SLACK_BOT_TOKEN: 'xoxe.xoxb-1' },
      [
        'environment: SLACK_BOT_TOKEN: is a token that expires, since token rotation is switched on for the app; expected the bot token, which begins with xoxb-',
      ],
    ],
    [
      'a name is misspelt',
      { SLACK_BOT_TOKN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
      [
        'environment: SLACK_BOT_TOKEN: is not set (did you mean SLACK_BOT_TOKN); expected the bot token, which begins with xoxb-',
      ],
    ],
    [
      'the port is none',
      { ...socket, PORT: '80a' },
      ['environment: PORT: is "80a"; expected a number up to 65535'],
    ],
    [
      'the address is none',
      { ...socket, SLACK_API_URL: 'slack' },
      ['environment: SLACK_API_URL: is no address; expected an address, as in https://slack.com/api/'],
    ],
    [
      'the level is none',
      { ...socket, LOG_LEVEL: 'inof' },
      [
        'environment: LOG_LEVEL: is "inof" (did you mean info); expected one of trace, debug, info, warn, error, fatal, silent',
      ],
    ],
  ])('are refused when %s', (_name, variables, lines) => {
    expect(faultsOf(() => load(variables))).toEqual(lines);
  });
});
