import { z } from 'zod';

/** What an answer shows of images: a part of the report, kept apart for its length. */

export const shownImageSchema = z.object({
  container: z.string(),
  reference: z.string().describe('As the task definition has it'),
  registry: z.enum(['ecr', 'ecr-public', 'docker-hub', 'other', 'invalid']),
  exists: z
    .enum(['yes', 'no', 'archived', 'unknown'])
    .optional()
    .describe('Absent: not looked at, as of every registry but private ECR'),
  runningDigest: z.string().optional().describe('What running tasks of the revision were started from'),
  tagDigest: z.string().optional().describe('What the tag means now'),
  pushedAt: z.string().optional(),
  bytes: z.number().optional().describe('Compressed, as ECR stores it'),
  platforms: z.array(z.string()).optional().describe('linux/arm64'),
  pulledBy: z.string().optional().describe('ARN of the role that pulls'),
  allowed: z.enum(['yes', 'no', 'open', 'not-checked']).optional(),
  why: z.string().optional().describe('What allows or denies the pull, or what keeps it open'),
});
export type ShownImage = z.infer<typeof shownImageSchema>;

export const imagesSchema = z.object({
  revision: z.string().describe('family:revision that was looked at'),
  images: z.array(shownImageSchema),
});
export type Images = z.infer<typeof imagesSchema>;
