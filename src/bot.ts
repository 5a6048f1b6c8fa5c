import { ConfigError, loadConfig, type SlackConfig } from './config.ts';
import { startDiagnosisThread } from './diagnosis/thread.ts';
import { createLog } from './log.ts';
import { createApp, type SlackApp } from './slack/app.ts';
import { serveHealth } from './slack/health.ts';
import { startFault } from './slack/start-fault.ts';
import { slackDeps } from './slack/wiring.ts';

/** Milliseconds for what is in work when the process is told to end. */
const graceMs = 10_000;

function readConfig() {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const config = readConfig();
const log = createLog({ level: config.logLevel });

const slack = createApp(
  config.slack,
  slackDeps(config.environments, log, startDiagnosisThread(config.environments, log)),
  (error) => {
    log.fatal({ err: error }, 'Slack does not accept the app token any more');
    void end(1);
  },
);

let ending = false;

/** Takes nothing more, finishes what is in work, and ends. The second call ends at once. */
async function end(status: number): Promise<void> {
  if (ending) process.exit(status);
  ending = true;
  log.info('Ending');
  await slack.stop(graceMs);
  process.exit(status);
}

process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'An error was handled nowhere');
  void end(1);
});

try {
  await start(slack, config.slack);
  log.info({ environments: config.environments.length }, 'Connected to Slack');
} catch (error) {
  process.stderr.write(`${startFault(error, config.slack)}\n`);
  process.exit(1);
}

/** With HTTP, Slack's own port answers health checks; Socket Mode needs one only where PORT asks for it. */
async function start(bot: SlackApp, settings: SlackConfig): Promise<void> {
  const { PORT } = process.env;
  if ('appToken' in settings && PORT) await serveHealth(Number(PORT), bot.healthy);
  await bot.start();
}
