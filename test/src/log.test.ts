import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createAudit } from '#src/audit.ts';
import { createLog } from '#src/log.ts';

function collected() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, destination };
}

describe('the log', () => {
  it('hides secrets by their names, at every depth that is logged', () => {
    const { lines, destination } = collected();
    const log = createLog({ level: 'info', destination });
    const inner = { token: 's3cret', sessionToken: 's3cret', response_url: 's3cret', trigger_id: 's3cret' };
    log.info(
      {
        ...inner,
        request: { ...inner, headers: { authorization: 's3cret', 'x-slack-signature': 's3cret' } },
      },
      'Sent',
    );
    expect(lines[0]).not.toContain('s3cret');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      msg: 'Sent',
      request: { token: '[redacted]' },
    });
  });

  it('keeps info when the level is none', () => {
    expect(createLog({ level: 'loud', destination: collected().destination }).level).toBe('info');
  });

  it('writes the audit even where it writes nothing else', () => {
    const { lines, destination } = collected();
    const log = createLog({ level: 'error', destination });
    const entry = {
      user: 'U1',
      channel: 'C1',
      entry: 'command',
      command: 'status',
      environment: 'prod',
      outcome: 'answered',
      calls: 7,
      ms: 310,
    };
    createAudit(log)(entry);
    log.info('Not written');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { audit: true, level: 'info', msg: 'Used', ...entry },
    ]);
  });
});
