import { listed } from '../../words.ts';
import { cell, field, type InsightsQuery, number, numberIn } from '../query.ts';

const namedAtMost = 3;

/** `java.net.SocketTimeoutException`, `botocore.errorfactory.ThrottlingException`, `TypeError` */
const named = String.raw`(?<type>[A-Za-z_][\w.$]*(?:Exception|Error))\b`;

export const exceptions: InsightsQuery = {
  name: 'exceptions',
  label: 'Exceptions by type',
  question: 'which exceptions were thrown, by type',
  looksFor: 'exception',
  limit: 100,
  commands({ shape }) {
    const known = shape.fields.type;
    const type = known === undefined ? 'type' : field(known);
    return [
      ...(known === undefined ? [`parse @message /${named}/`] : []),
      `filter ispresent(${type})`,
      `stats count(*) as times, count_distinct(@logStream) as tasks, latest(@message) as example by ${type}`,
      'sort times desc',
    ];
  },
  columns: [
    { title: 'Times', kind: 'number' },
    { title: 'Type', kind: 'text' },
    { title: 'Newest of them', kind: 'text' },
    { title: 'Tasks', kind: 'number' },
  ],
  read(rows, { shape }) {
    const { type = 'type', message } = shape.fields;
    const counted = rows
      .map((row) => ({
        type: row[type] ?? '',
        times: numberIn(row, 'times'),
        tasks: numberIn(row, 'tasks'),
        example: said(row.example ?? '', message),
      }))
      .sort((a, b) => b.times - a.times || (a.type < b.type ? -1 : 1));
    const total = counted.reduce((sum, { times }) => sum + times, 0);
    const told = counted.slice(0, namedAtMost).map((one) => `${one.type} ${number(one.times)}`);
    const rest = counted.length - told.length;
    return {
      headline: `${number(total)} ${total === 1 ? 'exception' : 'exceptions'}: ${listed(rest > 0 ? [...told, `${rest} other types`] : told)}`,
      rows: counted.map((one) => [cell(one.times), one.type, one.example, cell(one.tasks)]),
    };
  },
};

/** The message in a JSON line; else the line's first. */
function said(line: string, message: string | undefined): string {
  if (message !== undefined) {
    try {
      const value: unknown = JSON.parse(line);
      const inner = message
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
      if (typeof inner === 'string') return inner;
    } catch {
      // Redaction may have taken what made it JSON.
    }
  }
  return line.split('\n')[0]?.trim() ?? '';
}
