import { availableParallelism } from 'node:os';
import { acknowledging } from './acknowledge.ts';
import { openPlace } from './bot.ts';
import { explaining } from './explain.ts';
import { readingLogs } from './logs.ts';
import { rounds } from './rounds.ts';
import { starting } from './start.ts';
import { type Row, table } from './table.ts';

/** Each opens what it needs, so that one can be run alone: `npm run bench start`. */
const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  rounds,
  start: () => inPlace(starting),
  acknowledge: () => inPlace(acknowledging),
  explain: explaining,
  logs: readingLogs,
};

async function inPlace(
  bench: (place: Awaited<ReturnType<typeof openPlace>>) => Promise<Row[]>,
): Promise<Row[]> {
  const place = await openPlace();
  try {
    return await bench(place);
  } finally {
    await place.close();
  }
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exit(2);
}
process.stdout.write(`Node ${process.version}, ${availableParallelism()} cores\n\n`);
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await bench()));
}
process.stdout.write(`${table(rows)}\n`);
