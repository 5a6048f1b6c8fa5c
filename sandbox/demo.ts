import { sandboxAccounts } from './incidents/index.ts';
import { startSandbox } from './sandbox.ts';

/** Milliseconds after which the incidents are told anew, so that "ten minutes ago" stays ten minutes ago. */
const retold = 60_000;

const port = Number(process.env.DEMO_PORT ?? 3000);
const sandbox = await startSandbox({ port }).catch((error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Choose another: DEMO_PORT=3001 npm run demo`
      : error.message;
  process.stderr.write(`${why}\n`);
  process.exit(1);
});
const bot = await sandbox.startBot();
const retelling = setInterval(() => sandbox.aws.setAccounts(sandboxAccounts(new Date())), retold);

process.stdout.write(`
ECS Sleuth is connected to a Slack workspace and two AWS accounts on this machine.

  ${sandbox.slack.url}

Open it, and type into #incidents:  /ecs why-stopped api prod
Stop with Ctrl-C.
`);

async function stop(status: number): Promise<void> {
  clearInterval(retelling);
  await sandbox.stop();
  process.exit(status);
}

bot.once('exit', (code) => void stop(code ?? 1));
process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));
