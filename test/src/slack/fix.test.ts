import { afterEach, expect, test } from 'vitest';
import type { Request } from '#commands/command.ts';
import { answerWith, type BotUnderTest, prod, reportOf, type Setup, staging, startBot } from './bot.ts';
import { answered, press, pressTab } from './press.ts';

let bot: BotUnderTest | undefined;
async function start(setup?: Setup): Promise<BotUnderTest> {
  bot = await startBot(setup);
  return bot;
}
afterEach(async () => {
  expect(bot?.workspace.unexpected).toEqual([]);
  await bot?.stop();
  bot = undefined;
});

const asked: Request = { command: 'why-stopped', service: 'api', environment: 'prod', options: {} };
const long = 'aws ecs describe-services '.repeat(400);

function withFix(fix: object) {
  const { findings } = reportOf(asked);
  return answerWith({
    findings: findings.map((one) => ({ ...one, fix: { summary: 'Raise the memory limit', ...fix } })),
  });
}

const full = withFix({
  terraform: 'memory = 1024',
  cli: 'aws ecs register-task-definition',
  console:
    'https://us-east-1.console.aws.amazon.com/ecs/v2/task-definitions/api/42/containers?region=us-east-1',
});

async function opened({ workspace }: BotUnderTest, shows: string, user = 'ada') {
  const message = await answered(workspace, 'why-stopped api prod');
  await press(workspace, user, message, 'How to fix');
  await shown(workspace, shows, user);
  return message;
}

function shown(workspace: BotUnderTest['workspace'], text: string, user = 'ada') {
  return workspace.until(() => JSON.stringify(workspace.views(user)).includes(text));
}

test('A tab takes the place of the one before, without asking AWS again', async () => {
  const started = await start({ run: full });
  const { workspace, ran } = started;
  await opened(started, 'memory = 1024');
  const before = ran.length;
  await pressTab(workspace, 'ada', 'fix:cli');
  await shown(workspace, 'aws ecs register-task-definition');
  expect(JSON.stringify(workspace.views('ada'))).not.toContain('memory = 1024');
  await pressTab(workspace, 'ada', 'fix:console');
  await shown(workspace, 'task-definitions/api/42');
  await pressTab(workspace, 'ada', 'fix:terraform');
  await shown(workspace, 'memory = 1024');
  expect(ran).toHaveLength(before);
  expect(workspace.views('ada')).toHaveLength(1);
});

test.each(['fix:cli', 'fix:file'])(
  'Where too much is in work, a press of %s is told so in the window',
  async (pressed) => {
    const started = await start({ run: withFix({ terraform: 'memory = 1024', cli: long }) });
    await opened(started, 'memory = 1024');
    started.slack.bot.work.close();
    await pressTab(started.workspace, 'ada', pressed);
    await shown(started.workspace, 'too much in work');
  },
);

test('A tab of a window whose findings are no longer fresh is read again', async () => {
  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1, 12, minute));
  const started = await start({ run: full, deps: { now } });
  const { workspace, ran } = started;
  await opened(started, 'memory = 1024');
  const before = ran.length;
  minute = 11;
  await pressTab(workspace, 'ada', 'fix:cli');
  await shown(workspace, 'aws ecs register-task-definition');
  expect(ran).toHaveLength(before + 1);
  expect(ran.at(-1)).toMatchObject({ command: 'why-stopped', service: 'api', environment: 'prod' });
});

test('Whoever lost the right meanwhile is told so in the window', async () => {
  let allowed = [prod, staging];
  const started = await start({ run: full, allow: () => allowed });
  const { workspace } = started;
  await opened(started, 'memory = 1024');
  allowed = [staging];
  await pressTab(workspace, 'ada', 'fix:cli');
  await shown(workspace, 'You may not look at prod from here');
  expect(JSON.stringify(workspace.views('ada'))).not.toContain('register-task-definition');
});

test('Code that a window cuts goes whole into the thread, as a file', async () => {
  const started = await start({ run: withFix({ cli: long }) });
  const { workspace } = started;
  const message = await opened(started, 'cut here for length');
  await pressTab(workspace, 'ada', 'fix:file');
  const files = await workspace.until(() => {
    const found = workspace.thread('incidents', message.ts).flatMap((one) => one.files ?? []);
    return found.length > 0 && found;
  });
  expect(files).toMatchObject([{ name: 'fix-api.txt', title: 'How to fix' }]);
});
