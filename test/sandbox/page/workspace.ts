import { ANSWER_BLOCKS, CHART, LOG } from './answer.ts';

/** A small workspace in the form of `/sim/state`. */

export const BOT = 'U0SLEUTH';
export const DANA = 'U0DANA';
export const RIO = 'U0RIO';
export const CHANNEL = 'C0INCIDENTS';
export const ROOT = '1767278461.000200';

const base = { channel: CHANNEL };

export const MESSAGES = [
  {
    ...base,
    ts: '1767277000.000100',
    user: DANA,
    text: 'Orders are failing for some customers :eyes: see <https://status.example.com|status page>',
  },
  {
    ...base,
    ts: '1767277060.000100',
    user: DANA,
    text: 'I look at *api* first, _then_ ~the queue~ `worker`',
  },
  {
    ...base,
    ts: ROOT,
    user: BOT,
    bot_id: 'B0SLEUTH',
    text: ':red_circle: api in prod: out of memory',
    blocks: ANSWER_BLOCKS,
    edited: { ts: '1767278465.000000' },
    reply_count: 2,
  },
  {
    ...base,
    ts: '1767278500.000100',
    thread_ts: ROOT,
    user: BOT,
    bot_id: 'B0SLEUTH',
    text: 'Logs of app',
    files: [
      {
        id: 'F0LOG',
        name: 'app.log',
        title: 'app.log',
        mimetype: 'text/plain',
        size: 48_213,
        url: '/sim/files/F0LOG',
        preview: LOG,
      },
    ],
  },
  {
    ...base,
    ts: '1767278520.000100',
    thread_ts: ROOT,
    user: BOT,
    bot_id: 'B0SLEUTH',
    text: 'Memory',
    blocks: [CHART],
  },
];

export function workspace(change: Record<string, unknown> = {}) {
  return {
    team: { id: 'T0', name: 'Northwind Trains' },
    app: {
      id: 'A0',
      name: 'ECS Sleuth',
      botUserId: BOT,
      commands: [
        {
          command: '/ecs',
          usage_hint:
            '[why-stopped | why-pending | status | logs | triage | help] SERVICE ENVIRONMENT [--since 2h]',
          description: 'Say why an ECS service is in trouble',
        },
      ],
      shortcuts: [
        {
          name: 'Explain with ECS Sleuth',
          type: 'message',
          callback_id: 'explain_message',
          description: 'Recognise an ECS failure in this message',
        },
        {
          name: 'Diagnose a service',
          type: 'global',
          callback_id: 'ask',
          description: 'Choose a service and a question',
        },
      ],
    },
    users: [
      { id: DANA, name: 'dana', real_name: 'Dana Okafor', tz: 'Europe/Berlin', is_bot: false },
      { id: RIO, name: 'rio', real_name: 'Rio Lind', tz: 'America/New_York', is_bot: false },
      { id: BOT, name: 'ecs-sleuth', real_name: 'ECS Sleuth', tz: 'UTC', is_bot: true },
    ],
    groups: [{ id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: [DANA] }],
    channels: [
      {
        id: CHANNEL,
        name: 'incidents',
        topic: 'What is broken now',
        members: [DANA, RIO, BOT],
        is_private: false,
      },
      { id: 'C0DEPLOYS', name: 'deploys', topic: '', members: [DANA, BOT], is_private: false },
      { id: 'C0SECRET', name: 'war-room', topic: '', members: [DANA], is_private: true },
    ],
    messages: structuredClone(MESSAGES) as Record<string, unknown>[],
    ephemerals: [] as Record<string, unknown>[],
    views: [] as { user: string; view: Record<string, unknown> }[],
    homes: {} as Record<string, Record<string, unknown>>,
    connected: true,
    ...change,
  };
}

/** A workspace whose channel holds one message of these blocks. */
export const showing = (...blocks: Record<string, unknown>[]) =>
  workspace({ messages: [{ ...base, ts: ROOT, user: BOT, bot_id: 'B0SLEUTH', text: 'blocks', blocks }] });
