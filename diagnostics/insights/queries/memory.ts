import { plural } from '../../words.ts';
import { type InsightsQuery, number, taskIn, timeIn } from '../query.ts';

/** What the JVM, V8, .NET, Go, Python and the kernel write when memory runs short, and of garbage collections. */
const words = String.raw`(?i)out ?of ?memory|\boom\b|oom.?kill|cannot allocate memory|memoryerror|heap (?:limit|space)|allocation failed|gc overhead|\[gc[ ,\]]|\bfull gc\b|\bgc pause|pause (?:full|young|remark)|mark-compact|scavenge|memory (?:limit|pressure|usage)`;

export const memory: InsightsQuery = {
  name: 'memory',
  label: 'Memory and GC lines',
  question: 'what was written about memory and garbage collection',
  looksFor: 'line about memory or garbage collection',
  limit: 200,
  commands: () => [
    'fields @timestamp, @logStream, @message',
    `filter @message like /${words}/`,
    'sort @timestamp desc',
  ],
  columns: [
    { title: 'At', kind: 'time' },
    { title: 'Line', kind: 'text' },
    { title: 'Task', kind: 'text' },
  ],
  read(rows, { matched }) {
    const tasks = new Set(rows.map((row) => row['@logStream'])).size;
    const total = Math.max(matched, rows.length);
    const [newest] = rows;
    return {
      headline: `${number(total)} ${total === 1 ? 'line speaks' : 'lines speak'} of memory or garbage collection, in ${plural(tasks, 'task')}; the newest: ${(newest?.['@message'] ?? '').trim()}`,
      rows: rows.map((row) => [timeIn(row, '@timestamp'), (row['@message'] ?? '').trim(), taskIn(row)]),
    };
  },
};
