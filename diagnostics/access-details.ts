import { z } from 'zod';

/** What an answer shows of roles and what they need: parts of the report, kept apart for its length. */

export const accessRightSchema = z.object({
  action: z.string().describe('secretsmanager:GetSecretValue'),
  resource: z.string().describe('ARN, or * for an action that knows no resource'),
  thing: z.string().describe('The resource for a person'),
  usedBy: z.array(z.string()).describe('Variables, containers and volumes that need it'),
  state: z.enum(['allowed', 'denied', 'open', 'not-checked']),
  why: z.string().describe('What allows or denies it, or what keeps it open'),
});
export type AccessRight = z.infer<typeof accessRightSchema>;

export const accessRoleSchema = z.object({
  role: z.enum(['execution', 'task']),
  arn: z.string().optional().describe('Absent: the task definition names none'),
  state: z.enum(['ok', 'none', 'missing', 'not-trusted', 'open', 'not-checked']),
  why: z.string().optional(),
  rights: z.array(accessRightSchema),
});
export type AccessRole = z.infer<typeof accessRoleSchema>;

/** What the tasks of one revision need, and whether their roles may do it. */
export const accessSchema = z.object({
  revision: z.string().describe('family:revision that was looked at'),
  current: z.boolean().describe('False where it failed and the service has gone back from it'),
  roles: z.array(accessRoleSchema),
});
export type Access = z.infer<typeof accessSchema>;
