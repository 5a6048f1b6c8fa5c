import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createReader } from '#diagnostics/log-reading/entries.ts';
import { redactAll } from '#diagnostics/redact.ts';
import type { Row } from './table.ts';

/** Bytes of log that are read. */
const amount = 50 * 1024 * 1024;
/** Bytes that come at once: what one call of CloudWatch answers with at most. */
const page = 1024 * 1024;

/**
 * 50 MB of log lines through redaction, joining and folding, page by page as CloudWatch gives them, in one thread:
 * megabytes a second, alone and together, and how much the heap has grown at its highest, garbage collected. The lines
 * are made on the way: plain ones, JSON, stack traces, colours, secrets, and now and then one of 64 KB.
 */
export async function readingLogs(): Promise<Row[]> {
  await run(page * 4, true);
  const reading = await run(amount, false);
  const whole = await run(amount, true);
  return [
    {
      measure: 'Log lines joined, read and folded, MB a second of processor time',
      value: reading.rate.toFixed(0),
    },
    {
      measure: 'Log lines redacted, joined and folded, MB a second of processor time',
      value: whole.rate.toFixed(1),
    },
    {
      measure: `Heap above the start while ${(amount / 1024 / 1024).toFixed(0)} MB of log went through, at most`,
      value: `${whole.grown.toFixed(1)} MB`,
    },
    {
      measure: 'Lines that went through, and entries that came out',
      value: `${whole.lines.toLocaleString('en')}, ${whole.entries.toLocaleString('en')}`,
    },
  ];
}

async function run(bytes: number, redacting: boolean) {
  let entries = 0;
  let lines = 0;
  let done = 0;
  let spent = 0;
  let most = 0;
  const reader = createReader(() => {
    entries += 1;
  });
  const start = heap();
  for (let index = 0; done < bytes; index += 1) {
    const messages = pageOf(index);
    const began = process.cpuUsage();
    const safe = redacting ? await redactAll(messages) : messages;
    for (const message of safe) reader.push({ message });
    const used = process.cpuUsage(began);
    spent += (used.user + used.system) / 1e6;
    for (const message of messages) done += Buffer.byteLength(message) + 1;
    lines += messages.length;
    if (index % 8 === 0) most = Math.max(most, heap() - start);
    await turn();
  }
  reader.end();
  return { rate: done / 1024 / 1024 / spent, grown: most / 1024 / 1024, entries, lines };
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes in use, without what could be collected. */
function heap(): number {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];
const paths = ['/orders', '/orders/items', '/health', '/login', '/search', '/cart'];
const things =
  'basket coupon invoice parcel refund ticket voucher ledger seat route stock label quote claim visit'.split(
    ' ',
  );

function pageOf(index: number): string[] {
  const lines: string[] = [];
  let size = 0;
  for (let number = index * 10_000; size < page; number += 1) {
    for (const line of linesOf(number)) {
      lines.push(line);
      size += line.length + 1;
    }
  }
  return lines;
}

function linesOf(number: number): string[] {
  const id = (number * 2_654_435_761).toString(16).padStart(12, '0').slice(-12);
  const time = new Date(1_767_261_600_000 + number * 7).toISOString();
  const path = paths[number % paths.length];
  const thing = things[(number >> 2) % things.length];
  if (number % 9_001 === 9_000) return [`payload ${id.repeat(5_400)}`];
  if (number % 211 === 0) return trace(time, id);
  if (number % 401 === 0)
    return [`${time} INFO connecting to postgres://app:pw-${id}@db.internal:5432/orders`];
  if (number % 3 === 0) {
    const record = {
      level: 30 + (number % 2) * 10,
      time,
      reqId: id,
      msg: `GET ${path} of ${thing} took ${number % 900} ms`,
    };
    return [JSON.stringify(record)];
  }
  if (number % 7 === 0)
    return [
      `\u001B[32m${time}\u001B[0m ${levels[number % 6]} worker-${number % 8} finished ${thing} job ${id}`,
    ];
  return [
    `${time} ${levels[number % 6]} 10.0.${number % 255}.7 GET ${path}/${thing}?page=${number % 50} 200 ${number % 900}ms`,
  ];
}

function trace(time: string, id: string): string[] {
  return [
    `${time} ERROR request ${id} failed`,
    'java.lang.IllegalStateException: no stock',
    ...Array.from(
      { length: 12 },
      (_, depth) => `\tat com.acme.orders.Step${depth}.run(Step${depth}.java:${depth + 20})`,
    ),
    'Caused by: java.sql.SQLTimeoutException: timed out',
    '\t... 12 more',
  ];
}
