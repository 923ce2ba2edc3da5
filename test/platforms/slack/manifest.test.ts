import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SHORTCUT } from '../../../src/platforms/slack/chat.ts';
import { NEEDED_SCOPES } from '../../../src/platforms/slack/check.ts';
import { STEP_CALLBACK } from '../../../src/platforms/slack/step-address.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const source = readdirSync(new URL('src/platforms/slack/', root))
  .map((name) => read(`src/platforms/slack/${name}`))
  .join('\n');

/** The scope each called method and each event needs (docs.slack.dev, methods and events). */
const SCOPE_OF_METHOD: Readonly<Record<string, string | undefined>> = {
  'auth.test': undefined,
  'apps.connections.open': undefined,
  'views.publish': undefined,
  'views.open': undefined,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'files.completeUploadExternal': 'files:write',
  'conversations.open': 'im:write',
  'files.info': 'files:read',
  'conversations.history': 'im:history',
  // Of an alert channel; history and replies of a private one need groups:history instead.
  'conversations.replies': 'channels:history',
  'conversations.info': 'channels:read',
  // Of the public channels; private ones need groups:read instead.
  'users.conversations': 'channels:read',
  'users.info': 'users:read',
  'usergroups.users.list': 'usergroups:read',
  // Slack's docs: no scope is needed.
  'functions.completeSuccess': undefined,
  'functions.completeError': undefined,
};
const EVENT: Readonly<Record<string, { event: string; scope?: string }>> = {
  message: { event: 'message.im', scope: 'im:history' },
  app_mention: { event: 'app_mention', scope: 'app_mentions:read' },
  app_home_opened: { event: 'app_home_opened' },
};

const called = [...source.matchAll(/\b(?:client|app)\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)]
  .map((match) => match[1] ?? '')
  .filter((name) => name.includes('.'));
const heard = [...source.matchAll(/app\.event\('(\w+)'/g)].map((match) => match[1] ?? '');

describe.each(['manifests/slack-app.yaml', 'manifests/slack-app.http.yaml'])('%s', (path) => {
  const manifest = parse(read(path));
  const scopes: string[] = manifest.oauth_config.scopes.bot;

  it('asks for what the code calls and listens to, and for nothing else', () => {
    expect(called.length).toBeGreaterThan(5);
    for (const method of called) expect(Object.keys(SCOPE_OF_METHOD)).toContain(method);
    const needed = new Set([
      'commands',
      ...called.flatMap((method) => SCOPE_OF_METHOD[method] ?? []),
      ...heard.flatMap((name) => EVENT[name]?.scope ?? []),
    ]);
    for (const optional of ['usergroups:read', 'channels:history', 'channels:read']) needed.delete(optional);
    expect([...scopes].sort()).toEqual([...needed].sort());
    expect([...NEEDED_SCOPES].sort()).toEqual([...needed].sort());
    for (const optional of ['usergroups:read', 'channels:history', 'groups:history', 'channels:read'])
      expect(read(path)).toContain(`# - ${optional}`);
  });

  it('subscribes to the events the code hears', () => {
    const events = heard.map((name) => EVENT[name]?.event);
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(events.sort());
  });

  it('has the commands and the shortcut under the names the code knows, and lets people write to the bot', () => {
    for (const { command, should_escape: escaped } of manifest.features.slash_commands) {
      expect(source).toContain(`'${command}'`);
      expect(escaped).toBe(false);
    }
    expect(source).toContain(`'${manifest.features.shortcuts[0].callback_id}'`);
    expect(manifest.features.shortcuts[0].name).toBe(SHORTCUT);
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
    expect(manifest.features.app_home.messages_tab_read_only_enabled).toBe(false);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  it('is explained to the admin, scope by scope', () => {
    for (const scope of scopes) expect(read('docs/slack.md')).toContain(`\`${scope}\``);
  });
});

it('the two manifests differ only in the way Slack reaches the bot', () => {
  const [socket, http] = ['manifests/slack-app.yaml', 'manifests/slack-app.http.yaml'].map((path) =>
    parse(read(path)),
  );
  expect(socket.settings.socket_mode_enabled).toBe(true);
  const urls = [
    ...http.features.slash_commands.map(({ url }: { url: string }) => url),
    http.settings.event_subscriptions.request_url,
    http.settings.interactivity.request_url,
  ];
  expect(new Set(urls).size).toBe(1);
  expect(urls[0]).toMatch(/\/slack\/events$/);
});

it('the manifest with the workflow step differs from the ordinary one in what the step needs, and in nothing else', () => {
  const ordinary = parse(read('manifests/slack-app.yaml'));
  const { functions, ...rest } = parse(read('manifests/slack-app.workflow.yaml'));
  ordinary.settings.org_deploy_enabled = true;
  ordinary.settings.event_subscriptions.bot_events.push('function_executed');
  ordinary.settings.event_subscriptions.bot_events.sort();
  rest.settings.event_subscriptions.bot_events.sort();
  expect(rest).toEqual(ordinary);
  expect(Object.keys(functions)).toEqual([STEP_CALLBACK]);
});
