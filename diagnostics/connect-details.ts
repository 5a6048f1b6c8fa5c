import { z } from 'zod';

/** One way from a service to another, with what was found on it. */
export const connectWaySchema = z.object({
  kind: z.enum(['direct', 'cloud-map', 'service-connect', 'load-balancer', 'address']),
  about: z.string().describe('The way in words: `the load balancer prod-public at TCP 443`'),
  state: z
    .enum(['open-way', 'broken', 'open'])
    .describe('open-way: nothing on it is in the way; open: not decided'),
  text: z.string().describe('The rule that decides, the one that is missing, or what would decide'),
});
export type ConnectWay = z.infer<typeof connectWaySchema>;

export const connectSchema = z.object({
  to: z.string(),
  ways: z.array(connectWaySchema).describe('Every way that the other end offers'),
  unseen: z.array(z.string()).describe('What may still be in the way, and cannot be seen from outside'),
});
export type ConnectState = z.infer<typeof connectSchema>;
