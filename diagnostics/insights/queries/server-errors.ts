import { plural } from '../../words.ts';
import { cell, field, type InsightsQuery, number, numberIn, parsing } from '../query.ts';

export const serverErrors: InsightsQuery = {
  name: '5xx',
  label: '5xx by path',
  question: 'which paths were answered with a 5xx status',
  looksFor: 'answer with a 5xx status',
  limit: 1000,
  commands({ shape }) {
    const { status, path } = shape.fields;
    if (status === undefined || path === undefined)
      return { lacks: 'no path with an HTTP status was recognised in the newest lines' };
    return [
      ...parsing(shape),
      `filter ${field(status)} >= 500 and ${field(status)} < 600`,
      `stats count(*) as times by ${field(path)}, ${field(status)}`,
      'sort times desc',
    ];
  },
  columns: [
    { title: 'Times', kind: 'number' },
    { title: 'Status', kind: 'text' },
    { title: 'Path', kind: 'text' },
  ],
  read(rows, { shape }) {
    const { path = '', status = '' } = shape.fields;
    const groups = Map.groupBy(rows, (row) => `${row[status] ?? ''} ${route(row[path] ?? '')}`);
    const counted = [...groups]
      .map(([key, members]) => {
        const [code = '', ...rest] = key.split(' ');
        const times = members.reduce((sum, row) => sum + numberIn(row, 'times'), 0);
        return { code, path: rest.join(' '), times };
      })
      .sort((a, b) => b.times - a.times || (a.path < b.path ? -1 : 1));
    const total = counted.reduce((sum, { times }) => sum + times, 0);
    const paths = new Set(counted.map((one) => one.path)).size;
    const [first] = counted;
    const most =
      first && counted.length > 1 ? `, most on ${first.path}: ${first.code}, ${timesWords(first.times)}` : '';
    const only = first && counted.length === 1 ? ` ${first.path}: ${first.code}` : '';
    return {
      headline: `${number(total)} ${total === 1 ? 'answer' : 'answers'} with a 5xx status on ${paths === 1 ? 'one path' : plural(paths, 'path')}${only}${most}`,
      rows: counted.map(({ code, path: shown, times }) => [cell(times), code, shown]),
    };
  },
};

function timesWords(count: number): string {
  return count === 1 ? 'once' : `${number(count)} times`;
}

/** Ids in a path would make a row of each request. */
function route(path: string): string {
  return path
    .split('/')
    .map((part) =>
      /^\d+$|^[0-9a-f]{8,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^(?=.*\d)[\w-]{16,}$/i.test(part) ? '…' : part,
    )
    .join('/');
}
