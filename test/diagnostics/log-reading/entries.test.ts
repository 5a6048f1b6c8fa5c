import { describe, expect, it } from 'vitest';
import { type Entry, readEntries } from '#diagnostics/log-reading/entries.ts';
import { fc } from '#test/property.ts';

function read(text: string): Entry[] {
  return readEntries(text.split('\n').map((message) => ({ message })));
}

const traces: Record<string, string> = {
  'of Java, with its causes': `2026-01-01 10:00:00 ERROR c.a.Orders - cannot place order
java.lang.IllegalStateException: no stock
	at com.acme.Orders.place(Orders.java:41)
	at com.acme.Api.post(Api.java:12)
	... 14 common frames omitted
Caused by: java.sql.SQLException: timeout
	at org.pg.Driver.run(Driver.java:7)
	... 12 more`.replace('order\njava', 'order: java'),
  'of Python': `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    run()
ValueError: bad value`,
  'of Python after its log line, with a second that the first led to': `ERROR:root:request failed
Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    run()
KeyError: 'id'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    stop()
app.errors.StopError: cannot stop`,
  'of a panic in Go': `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47b2c4]

goroutine 1 [running]:
main.(*Server).Start(0x0)
	/src/main.go:42 +0x1d
main.main()
	/src/main.go:12 +0x25
exit status 2`,
  'of .NET, with what lies inside': `Unhandled exception. System.InvalidOperationException: no connection
 ---> System.Net.Sockets.SocketException (111): Connection refused
   at System.Net.Sockets.Socket.Connect(EndPoint remote)
   --- End of inner exception stack trace ---
   at Acme.Program.Main(String[] args) in /src/Program.cs:line 12`,
  'of Node, with the line of code above and the properties below': `/app/server.js:12
    throw new Error('no port');
    ^

Error: no port
    at Object.<anonymous> (/app/server.js:12:11) {
  code: 'ENOPORT'
}

Node.js v26.1.0`,
  'of Ruby': `app.rb:3:in 'run': no such file (Errno::ENOENT)
	from app.rb:9:in '<main>'`,
};

describe('a stack trace is one entry', () => {
  it.each(Object.entries(traces))('%s', (_of, trace) => {
    const entries = read(`starting\n${trace}\nlistening on 8080`);
    expect(entries.map(({ text }) => text.split('\n')[0])).toEqual([
      'starting',
      trace.split('\n')[0],
      'listening on 8080',
    ]);
    const kept = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
    expect(kept(entries[1]?.text ?? '')).toEqual(kept(trace));
  });

  it('and is an error where its first line does not say so', () => {
    const [entry] = read('request 7 ended early\n    at handle (/app/a.js:1:2)');
    expect(entry?.level).toBe('error');
  });

  it('but lines that follow one another are not', () => {
    expect(read('GET /\nat last, done\nCannot GET /\nTotal: 3')).toHaveLength(4);
  });

  it('and an indented line a minute later stands alone', () => {
    const entries = readEntries([
      { at: '2026-01-01T10:00:00.000Z', message: 'Error: a' },
      { at: '2026-01-01T10:01:00.000Z', message: '  indented' },
    ]);
    expect(entries).toHaveLength(2);
  });
});

const same: [string, string, string][] = [
  ['numbers', 'took 12 ms for 3 rows', 'took 1450.5 ms for 11 rows'],
  ['times', '2026-01-01T10:00:00.123Z tick', '2026-02-11T23:59:59.999Z tick'],
  ['clock times', '[10:00:00] tick', '[23:59:59] tick'],
  ['UUIDs', 'id 3fa85f64-5717-4562-b3fc-2c963f66afa6', 'id 0aaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'],
  ['hexadecimal ids', 'commit 3f2a9c1d00', 'commit a9bb0c2ef1'],
  ['long ids', 'req_8fKd93kLsQ0x2p by api', 'req_9aBc31kLsT7y5q by api'],
  ['IPv4 addresses', 'to 10.0.3.4:5432', 'to 192.168.1.17:5433'],
  ['IPv6 addresses', 'from fe80::1ff:fe23:4567:890a', 'from 2001:db8::ff00:42:8329'],
  [
    'a record by its message',
    '{"level":"info","msg":"tick 1","time":1}',
    '{"level":"info","msg":"tick 2","time":2}',
  ],
];

describe('what differs in nothing but', () => {
  it.each(same)('%s is folded, and the first kept as written', (_what, one, other) => {
    const entries = readEntries([
      { at: '2026-01-01T10:00:00.000Z', message: one },
      { at: '2026-01-01T10:00:02.000Z', message: other },
    ]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      count: 2,
      at: '2026-01-01T10:00:00.000Z',
      lastAt: '2026-01-01T10:00:02.000Z',
    });
    expect(one.startsWith('{') || entries[0]?.text === one).toBe(true);
  });

  it('lines that say different things are not folded', () => {
    expect(read('connected\ndisconnected\nfacade\ndecade')).toHaveLength(4);
  });

  it('repeats that alternate are folded too, and those far apart are not', () => {
    expect(read('a\nb\na\nb\na\nb').map(({ count }) => count)).toEqual([3, 3]);
    const between = Array.from(
      { length: 30 },
      (_, index) => `step ${'abcdefghijklmnopqrstuvwxyzABCDEF'[index]}`,
    );
    expect(read(['once more', ...between, 'once more'].join('\n'))).toHaveLength(32);
  });
});

describe('what a line may hold', () => {
  it.each<[string, string, string]>([
    ['colours', '\u001b[31mERROR\u001b[0m boom', 'ERROR boom'],
    ['a window title and a cursor', '\u001b]0;title\u0007\u001b[2K\u001b[1Gdone', 'done'],
    ['line ends of Windows', 'boom\r\n', 'boom'],
    ['a progress bar', '10 %\r50 %\r100 %', '100 %'],
    ['broken UTF-8', 'na\ufffdve \ud800 text', 'na\ufffdve \ufffd text'],
  ])('%s', (_what, message, text) => {
    expect(readEntries([{ message }])[0]?.text).toBe(text);
  });

  it('64 KB in one line survive', () => {
    const message = `payload ${'x'.repeat(65_000)}`;
    expect(readEntries([{ message }])[0]?.text).toBe(message);
  });

  it('a long line of brackets below a panic does not hold up the reading', () => {
    const lines = Array.from({ length: 40 }, () => [
      { message: 'panic: x' },
      { message: '('.repeat(60_000) },
    ]);
    expect(readEntries(lines.flat()).length).toBeGreaterThan(0);
  });

  it('an event of several lines is one entry', () => {
    expect(readEntries([{ message: 'first\nsecond' }, { message: 'third' }])).toHaveLength(2);
  });

  it('whatever it is, nothing throws, no text is invented and the counts add up to the entries', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.json())), (messages) => {
        const entries = readEntries(messages.map((message) => ({ message })));
        const count = entries.reduce((sum, entry) => sum + entry.count, 0);
        expect(count).toBeLessThanOrEqual(messages.length);
        expect(entries.every(({ text }) => text.isWellFormed())).toBe(true);
      }),
    );
  });
});

describe('a JSON record', () => {
  it.each<[string, unknown, Partial<Entry>]>([
    [
      'of pino',
      { level: 50, time: 1767261600000, pid: 1, hostname: 'ip-10-0-0-1', msg: 'boom' },
      { level: 'error', text: 'boom', at: '2026-01-01T10:00:00.000Z' },
    ],
    ['of bunyan, at 30', { v: 0, level: 30, name: 'api', msg: 'ready' }, { level: 'info', text: 'ready' }],
    [
      'of structlog',
      { event: 'paid', level: 'warning', order: 17 },
      { level: 'warn', text: 'paid order=17' },
    ],
    [
      'of logback',
      {
        '@timestamp': '2026-01-01T10:00:00Z',
        level: 'ERROR',
        message: 'no stock',
        stack_trace: 'java.lang.X: y\n\tat a.b(C.java:1)',
      },
      {
        level: 'error',
        text: 'no stock\njava.lang.X: y\n\tat a.b(C.java:1)',
        at: '2026-01-01T10:00:00.000Z',
      },
    ],
    [
      'of zap',
      { level: 'error', ts: 1767261600.5, caller: 'a.go:1', msg: 'dial', error: 'refused' },
      { level: 'error', text: 'dial: refused', at: '2026-01-01T10:00:00.500Z' },
    ],
    [
      'of Serilog',
      { '@t': '2026-01-01T10:00:00Z', '@l': 'Fatal', '@m': 'down' },
      { level: 'fatal', text: 'down' },
    ],
    ['of Elastic', { 'log.level': 'ERROR', message: 'bad' }, { level: 'error', text: 'bad' }],
    [
      'of Google, whose level is a severity',
      { severity: 'CRITICAL', message: 'bad' },
      { level: 'fatal', text: 'bad' },
    ],
    ['of GELF, whose level counts down', { level: 3, short_message: 'bad' }, { level: 'error', text: 'bad' }],
    [
      'that FireLens wrapped',
      { container_name: 'app', source: 'stderr', log: '{"level":"warn","msg":"slow"}' },
      { level: 'warn', text: 'slow' },
    ],
    [
      'that FireLens wrapped around text',
      { container_name: 'app', source: 'stderr', log: 'ERROR boom' },
      { level: 'error', text: 'ERROR boom' },
    ],
    [
      'with an error that says it all',
      { err: { type: 'TypeError', message: 'x is undefined', stack: 'TypeError: x\n    at f' } },
      { level: 'error', text: 'TypeError: x is undefined\nTypeError: x\n    at f' },
    ],
    [
      'whose level says info though its words sound bad',
      { level: 'info', msg: 'error budget failed over' },
      { level: 'info' },
    ],
    ['without a level, by its words', { msg: 'connection failed' }, { level: 'error' }],
    ['without a level and with no error', { msg: 'done with 0 errors' }, { text: 'done with 0 errors' }],
  ])('%s', (_of, record, expected) => {
    const [entry] = readEntries([{ message: JSON.stringify(record) }]);
    expect(entry).toMatchObject(expected);
    expect(entry?.level).toBe(expected.level);
  });

  it.each(['{"a":1}', '{not json}', '[1,2]', '"text"', '{"msg":', 'null'])('%s is text', (message) => {
    expect(readEntries([{ message }])[0]?.text).toBe(message);
  });
});
