import type { Channel, User, UserGroup } from './model.ts';

/** The people of the sandbox: Ada is on call, Ben is not. */
export const USERS: readonly User[] = [
  {
    id: 'U0ADA',
    name: 'ada',
    real_name: 'Ada Okafor',
    tz: 'Europe/Berlin',
    is_bot: false,
    color: '2f6f4f',
  },
  {
    id: 'U0BEN',
    name: 'ben',
    real_name: 'Ben Lindqvist',
    tz: 'America/New_York',
    is_bot: false,
    color: '8a3ffc',
  },
];

export const GROUPS: readonly UserGroup[] = [
  { id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['U0ADA'] },
];

/** The bot has been invited to the first and the last, not to #general. */
export function channels(botUserId: string): Channel[] {
  return [
    {
      id: 'C0INCIDENTS',
      name: 'incidents',
      topic: 'What is broken, and who looks at it',
      members: ['U0ADA', 'U0BEN', botUserId],
      is_private: false,
    },
    {
      id: 'C0GENERAL',
      name: 'general',
      topic: 'Everybody',
      members: ['U0ADA', 'U0BEN'],
      is_private: false,
    },
    {
      id: 'C0CHECKOUT',
      name: 'checkout-team',
      topic: 'The checkout service',
      members: ['U0ADA', 'U0BEN', botUserId],
      is_private: false,
    },
  ];
}
