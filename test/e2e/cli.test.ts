import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '#diagnostics/report.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { queryAccounts } from '#test/query-accounts.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  folder = await mkdtemp(path.join(tmpdir(), 'ecs-sleuth-cli-'));
  return async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
});
afterEach(() => sandbox.aws.faults.clear());

interface Run {
  status: number | null;
  out: string;
  err: string;
}

interface RunOptions {
  input?: string;
  env?: Record<string, string>;
  begun?: (child: ChildProcess) => void;
}

/** Runs the program as a shell would, with nothing of this process's environment but the path. */
async function run(args: string[], { input = '', env = {}, begun }: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...sandbox.env, ...env },
    cwd: folder,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.end(input);
  begun?.(child);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, out, err };
}

describe('the exit status says how it stands', () => {
  it.each([
    [0, ['why-stopped', 'frontend', 'prod']],
    [1, ['why-stopped', 'api', 'prod']],
    [2, ['why-stopped', 'api', 'prd']],
    [2, ['why-stoped', 'api', 'prod']],
    [2, ['why-stopped', 'aut', 'prod']],
    [0, ['help']],
    [0, ['--help']],
    [0, ['why-stopped', '--help']],
    [0, ['status', 'api', '-h']],
    [0, ['explain', '--help']],
    [0, ['--version']],
    [2, ['status', 'api', 'prod', '--region', 'mars-1']],
    [2, ['why-stoped', '--from-facts', 'nowhere.json']],
    [0, []],
    [1, ['explain', 'OutOfMemoryError: Container killed due to memory usage']],
  ])('%d for %j', async (status, args) => {
    const { status: ended, out, err } = await run(args);
    expect(`${ended} ${out}${err}`).toMatch(new RegExp(`^${status} `));
  });

  it('3 where it was not allowed to look', async () => {
    sandbox.aws.faults.add('ecs:ListTasks', { kind: 'deny' });
    const { status, out } = await run(['why-stopped', 'api', 'prod']);
    expect(status).toBe(3);
    expect(out).toContain('needs ecs:ListTasks');
  });

  it('2 where the accounts file is missing, and says which file was looked for', async () => {
    const { status, err } = await run(['status', 'api', 'prod'], {
      env: { ECS_SLEUTH_CONFIG: 'nowhere.yaml' },
    });
    expect(status).toBe(2);
    expect(err).toContain('nowhere.yaml');
  });
});

describe('what it prints', () => {
  it('as JSON is the report of the contract', async () => {
    const { out } = await run(['why-stopped', 'api', 'prod', '--json']);
    const report = reportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({
      schema: 1,
      command: 'why-stopped',
      verdict: { state: 'problem', cause: 'memory-lowered' },
    });
  });

  it('as text begins with the verdict and holds the proof, the log and the fix', async () => {
    const { out } = await run(['why-stopped', 'api', 'prod']);
    expect(out).toMatch(
      /^PROBLEM {2}api in prod: out of memory, since api:42 lowered memory 1024 → 512 MiB\n/,
    );
    for (const part of ['512 MiB', 'api:42', 'Last lines of app', 'aws ecs describe-tasks', 'AWS calls']) {
      expect(out).toContain(part);
    }
  });

  it('of a mistake is one sentence and what would be right, without a stack', async () => {
    const { err } = await run(['why-stopped', 'api', 'prd']);
    expect(err).toBe(
      'There is no environment “prd”. Did you mean prod?\n  ecs-sleuth why-stopped api prod\n',
    );
  });
});

it('told to end while a query runs, it stops that at AWS too', async () => {
  sandbox.aws.setAccounts(queryAccounts(1000));
  const operations = () => sandbox.aws.calls.map(({ operation }) => operation);
  const { promise, resolve } = Promise.withResolvers<ChildProcess>();
  const ended = run(['insights', 'refunds', 'prod'], { begun: resolve });
  const child = await promise;
  await expect.poll(operations, { interval: 10, timeout: 10_000 }).toContain('StartQuery');
  child.kill('SIGTERM');
  const { status, out } = await ended;
  expect(operations().at(-1)).toBe('StopQuery');
  expect(status).toBe(3);
  expect(out).toContain('the query was cancelled');
  sandbox.aws.setAccounts(sandboxAccounts(new Date()));
});

describe('a run that was saved', () => {
  it('is judged alike without AWS, and holds no value of a variable', async () => {
    const file = path.join(folder, 'run.json');
    const live = await run(['why-stopped', 'api', 'prod', '--json', '--save-facts', file]);
    const replayed = await run(['why-stopped', '--json', '--from-facts', file], {
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    });
    const [before, after] = [live, replayed].map(({ out }) => reportSchema.parse(JSON.parse(out)));
    expect(after?.verdict).toEqual(before?.verdict);
    expect(after?.findings).toEqual(before?.findings);
    expect(replayed.status).toBe(1);
    expect(await readFile(file, 'utf8')).not.toMatch(/"value": "(?!fingerprint:)(?:s3:|production)/);
  });

  it('that cannot be written does not cost the answer', async () => {
    const { status, out, err } = await run(['why-stopped', 'api', 'prod', '--save-facts', folder]);
    expect(status).toBe(2);
    expect(out).toMatch(/^PROBLEM/);
    expect(err).toMatch(/^The file .+ cannot be written: [^\n]+\n$/);
  });

  it('that is no saved run is refused', async () => {
    const file = path.join(folder, 'other.json');
    await writeFile(file, '[]');
    const { status, err } = await run(['why-stopped', '--from-facts', file]);
    expect(status).toBe(2);
    expect(err).toContain('no saved facts');
  });
});

describe('explain --jsonl', () => {
  it('ends without a word when nobody reads on', async () => {
    const child = spawn(process.execPath, [cli, 'explain', '--jsonl'], {
      env: { PATH: process.env.PATH ?? '' },
      cwd: folder,
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end('{"text":"x"}\n'.repeat(20_000));
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('answers a line for a line, in order, and goes on after a bad one', async () => {
    const input = [
      JSON.stringify({
        id: 'a',
        text: 'OutOfMemoryError: Container killed due to memory usage',
        where: 'container.reason',
      }),
      'nonsense',
      JSON.stringify({ id: 'b', text: 'x', where: 'nowhere' }),
      JSON.stringify({ id: 'c', text: 'has reached a steady state.', where: 'service.event', context: {} }),
    ].join('\n');
    const { status, out } = await run(['explain', '--jsonl'], {
      input,
      env: { ECS_SLEUTH_CONFIG: 'nowhere.yaml' },
    });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { id: 'a', cause: 'oom-container', severity: 'error' },
      { error: expect.stringContaining('not JSON') },
      { id: 'b', error: expect.stringContaining('where: ') },
      { id: 'c', cause: 'steady-state', severity: 'info' },
    ]);
    expect(status).toBe(2);
  });
});
