import type { Range } from './range.ts';

const prefix = '@secretlint/secretlint-rule-';
/** Names for masks; a rule that is missing here is named by itself. */
const names: Partial<Record<string, string>> = {
  aws: 'aws secret key',
  privatekey: 'private key',
  basicauth: 'password',
  'database-connection-string': 'connection string',
  gcp: 'gcp key',
  openai: 'openai key',
  anthropic: 'anthropic key',
  stripe: 'stripe key',
  sendgrid: 'sendgrid key',
};

type Lint = (text: string) => Promise<Range[]>;
let loading: Promise<Lint> | undefined;

/** Everything that secretlint's recommended rules take for a secret. Loaded with the first text: it takes a tenth of a second. */
export async function lintSecrets(text: string): Promise<Range[]> {
  loading ??= load();
  return (await loading)(text);
}

async function load(): Promise<Lint> {
  const [{ lintSource }, { rules }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It marks the start and end of every rule on every text, and keeps the marks for as long as the process runs.
  secretLintProfiler.setEnabled(false);
  const config = {
    rules: rules
      // By the comments that this rule reads, a log line could switch all others off.
      .filter((rule) => rule.meta.id !== `${prefix}filter-comments`)
      .map((rule) => ({ id: rule.meta.id, rule })),
  };
  return async (text) => {
    const source = { filePath: 'log.txt', content: text, ext: '.txt', contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.flatMap(({ ruleId, range: [start, end], data }) =>
      located(text, start, end, data).map((place) => ({ ...place, what: nameOf(ruleId) })),
    );
  };
}

function nameOf(ruleId: string): string {
  const rule = ruleId.replace(prefix, '');
  return names[rule] ?? `${rule.replaceAll('-', ' ')} token`;
}

/** Some rules measure the secret from where its name begins, and would leave half of it standing. */
function located(text: string, start: number, end: number, data: unknown): Pick<Range, 'start' | 'end'>[] {
  const values = Object.values(typeof data === 'object' && data !== null ? data : {});
  const near = text.slice(start, end + 256);
  const places = values.flatMap((value) => {
    const at = typeof value === 'string' && value.length >= 8 ? near.indexOf(value) : -1;
    return at === -1 ? [] : [{ start: start + at, end: start + at + value.length }];
  });
  return places.some((place) => place.end > end && place.start < end) ? places : [{ start, end }];
}
