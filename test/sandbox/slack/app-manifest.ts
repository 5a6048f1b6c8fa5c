/** An app for the tests of the workspace, so that they do not change with the bot's own manifest. */
export const appManifest = {
  display_information: { name: 'ECS Sleuth' },
  features: {
    app_home: { home_tab_enabled: false },
    bot_user: { display_name: 'ECS Sleuth' },
    slash_commands: [{ command: '/ecs', description: 'Diagnose', usage_hint: 'SERVICE ENVIRONMENT' }],
    shortcuts: [
      { name: 'Diagnose this', type: 'message', callback_id: 'diagnose_message', description: 'Reads it' },
      { name: 'Diagnose', type: 'global', callback_id: 'diagnose', description: 'Asks what' },
    ],
  },
  oauth_config: {
    scopes: { bot: ['app_mentions:read', 'chat:write', 'commands', 'files:write', 'usergroups:read'] },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_mention'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};
