import { z } from 'zod';

const command = z.object({
  command: z.string().startsWith('/'),
  description: z.string(),
  usage_hint: z.string().optional(),
  should_escape: z.boolean().optional(),
});

const shortcut = z.object({
  name: z.string().max(24),
  type: z.enum(['message', 'global']),
  callback_id: z.string(),
  description: z.string(),
});

/** The part of an app manifest that the workspace acts on. https://docs.slack.dev/reference/app-manifest */
const manifestSchema = z.object({
  display_information: z.object({ name: z.string(), description: z.string().optional() }),
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    app_home: z.object({ home_tab_enabled: z.boolean().optional() }).optional(),
    slash_commands: z.array(command).default([]),
    shortcuts: z.array(shortcut).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
    interactivity: z.object({ is_enabled: z.boolean() }).optional(),
    socket_mode_enabled: z.boolean().default(false),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Reads an app manifest. Throws a ZodError that names what is wrong with it. */
export function parseManifest(manifest: unknown): Manifest {
  return manifestSchema.parse(manifest);
}
