import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { ConfigError } from '#src/config.ts';

/** Slack's variables, as Socket Mode wants them. */
export const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
/** The smallest accounts file. */
export const prod = 'environments:\n  prod:\n    account: "222222222222"\n    region: us-east-1\n';

/** A folder of its own for the tests of a file, with an accounts file that they write. */
export function useAccountsFile() {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);

  return {
    path,
    write(text: string): string {
      const file = path('accounts.yaml');
      writeFileSync(file, text);
      return file;
    },
    /** The lines of the error, without the folder that the file is in. */
    faultsOf(load: () => unknown): string[] {
      try {
        load();
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.message.replaceAll(`${folder}/`, '').split('\n');
      }
      return [];
    },
  };
}
