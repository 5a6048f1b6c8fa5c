import { z } from 'zod';
import { isRegion } from './aws/partition.ts';

const allow = z.union([
  z.literal('everyone'),
  z
    .strictObject({
      channels: z
        .array(z.string().regex(/^[CGD][A-Z0-9]{6,}$/))
        .min(1)
        .optional(),
      groups: z
        .array(z.string().regex(/^S[A-Z0-9]{6,}$/))
        .min(1)
        .optional(),
    })
    .refine(({ channels, groups }) => channels !== undefined || groups !== undefined),
]);

const environment = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().refine(isRegion),
  role: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/)
    .optional(),
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional(),
  clusters: z
    .array(z.string().regex(/^[\w-]{1,255}$/))
    .min(1)
    .optional(),
  allow: allow.optional(),
});

/** The accounts file, after `${NAME}` has been replaced. */
export const accountsSchema = z.strictObject({
  environments: z
    // People type the name in Slack, between other words.
    .record(z.string().regex(/^[A-Za-z0-9][\w.-]{0,62}$/), environment)
    .refine((environments) => Object.keys(environments).length > 0),
});

export type Accounts = z.infer<typeof accountsSchema>;

/** What is expected of each key, in words that read on after "expected". */
export const expectations: Partial<Record<string, string>> = {
  environments: 'at least one environment, a name with account and region under it',
  account:
    'the account id, twelve digits in quotes (else YAML takes it for a number and drops leading zeros)',
  region: 'the name of a region, as in us-east-1',
  role: 'the ARN of an IAM role, as in arn:aws:iam::222222222222:role/ecs-sleuth',
  externalId: '2 to 1224 letters, digits and +=,.@:/-_',
  clusters: 'a list of cluster names (names, not ARNs)',
  allow: 'everyone, or channels or groups or both',
  channels: "a list of channel ids, as in C0123ABCDEF (at the end of the channel's details in Slack)",
  groups: 'a list of user group ids, as in S0123ABCDEF',
};

/** Keys by where they may stand. */
export const knownKeys = {
  top: ['environments'],
  environment: Object.keys(environment.shape),
  allow: ['channels', 'groups'],
};

/** Keys whose value is never printed. */
export const secretKeys: readonly string[] = ['externalId'];
