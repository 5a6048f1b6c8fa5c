import { cell, field, type InsightsQuery, number, numberIn, parsing, timeIn } from '../query.ts';

export const slow: InsightsQuery = {
  name: 'slow',
  label: 'Slow requests',
  question: 'which requests took longest',
  looksFor: 'request with a response time',
  limit: 50,
  commands({ shape }) {
    const { duration, path, status } = shape.fields;
    if (duration === undefined) return { lacks: 'no response time was recognised in the newest lines' };
    const shown = [duration, path, status].filter((name) => name !== undefined).map(field);
    return [
      ...parsing(shape),
      `fields @timestamp, ${shown.join(', ')}`,
      `filter ispresent(${field(duration)})`,
      `sort ${field(duration)} desc`,
    ];
  },
  columns: [
    { title: 'At', kind: 'time' },
    { title: 'Took ms', kind: 'number' },
    { title: 'Path', kind: 'text' },
    { title: 'Status', kind: 'text' },
  ],
  read(rows, { shape, matched }) {
    const { duration = '', path = '', status = '' } = shape.fields;
    const factor = shape.unit === 's' ? 1000 : 1;
    const requests = rows
      .map((row) => ({
        at: timeIn(row, '@timestamp'),
        took: numberIn(row, duration) * factor,
        path: row[path] ?? '',
        status: row[status] ?? '',
      }))
      .sort((a, b) => b.took - a.took || (a.at < b.at ? -1 : 1));
    const [slowest] = requests;
    const where = slowest?.path ? `: ${slowest.path} at ${slowest.at}` : '';
    return {
      headline: `the slowest of ${number(Math.max(matched, requests.length))} requests took ${number(slowest?.took ?? 0)} ms${where}`,
      rows: requests.map((request) => [request.at, cell(request.took), request.path, request.status]),
    };
  },
};
