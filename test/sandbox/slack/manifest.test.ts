import { expect, test } from 'vitest';
import { parseManifest } from '#sandbox/slack/manifest.ts';
import manifest from '../../../manifest.json' with { type: 'json' };
import { appManifest } from './app-manifest.ts';

test("the bot's own manifest offers its command, its shortcuts and mentions over Socket Mode", () => {
  const { features, settings } = parseManifest(manifest);
  expect(features.bot_user.display_name).toBe('ECS Sleuth');
  expect(features.slash_commands.map((one) => one.command)).toEqual(['/ecs']);
  expect(features.shortcuts.map(({ type, callback_id }) => [type, callback_id])).toEqual([
    ['message', 'diagnose_message'],
    ['global', 'diagnose'],
  ]);
  expect(settings.event_subscriptions?.bot_events).toContain('app_mention');
  expect([settings.socket_mode_enabled, settings.interactivity?.is_enabled]).toEqual([true, true]);
});

test('a manifest that Slack would refuse names its fault', () => {
  const [first] = appManifest.features.shortcuts;
  const shortcuts = [{ ...first, name: 'x'.repeat(25) }];
  const broken = { ...appManifest, features: { ...appManifest.features, shortcuts } };
  expect(() => parseManifest(broken)).toThrow(/shortcuts/);
});
