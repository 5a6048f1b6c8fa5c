import { type Place, settled, startBot } from './bot.ts';
import { median, ms, type Row } from './table.ts';

const starts = 5;

/**
 * How long a start takes, and how much memory a bot holds that has nothing to do, with 50 environments.
 *
 * The time runs from starting the process to the moment at which Slack sees it connected; the median of five starts
 * after one that is not counted, which fills the file cache. Memory is the resident set as Linux tells it, read once
 * the bot has listed the services of all 50 environments through 50 assumed roles.
 */
export async function starting(place: Place): Promise<Row[]> {
  await (await startBot(place)).stop();
  const times: number[] = [];
  const sizes: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    place.aws.calls.length = 0;
    const bot = await startBot(place);
    times.push(bot.connectedAfter);
    await settled(place);
    sizes.push((await bot.memory()).now);
    await bot.stop();
  }
  return [
    { measure: 'Start until connected, 50 environments', value: ms(median(times)), goal: 'at most 1000 ms' },
    {
      measure: 'Resident memory, services of 50 environments listed',
      value: `${Math.round(median(sizes) / 2 ** 20)} MB`,
      goal: 'under 150 MB',
    },
  ];
}
