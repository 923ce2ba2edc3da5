import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { command } from './command-rules.ts';
import { parseBody } from './interaction-routes.ts';
import { guildPayload, memberPayload, rolePayload, userPayload } from './payloads.ts';
import type { Route } from './rest.ts';
import type { Guild, World } from './world.ts';

/** The application and its commands, the bot's own user, guilds and their members. */
export function applicationRoutes(world: World, gatewayUrl: () => string): Route[] {
  function guildOf(id: string | undefined): Guild {
    const guild = world.guilds.get(id ?? '');
    if (!guild?.botIsMember) throw new ApiError(10004);
    return guild;
  }

  function member(guildId: string | undefined, userId: string | undefined) {
    const guild = guildOf(guildId);
    if (userId === undefined || !guild.members.has(userId)) throw new ApiError(10007);
    return { status: 200, body: memberPayload(world, guild, userId) };
  }

  function scopeOf({ app, guild }: Readonly<Record<string, string>>): string {
    if (app !== world.applicationId) throw new ApiError(20012);
    if (guild === undefined) return 'global';
    if (!world.guilds.get(guild)?.botIsMember) throw new ApiError(50001);
    return guild;
  }

  function putCommands(scope: string, body: unknown) {
    const written = parseBody(z.array(command(scope)).max(115), body).map((one) => ({
      id: world.nextId(),
      application_id: world.applicationId,
      version: world.nextId(),
      dm_permission: true,
      nsfw: false,
      default_member_permissions: null,
      ...one,
    }));
    world.commands.set(scope, written);
    return { status: 200, body: written };
  }

  /** Without `with_localizations` Discord leaves the other languages out. */
  function getCommands(scope: string, query: URLSearchParams) {
    const known = world.commands.get(scope) ?? [];
    if (query.get('with_localizations') === 'true') return { status: 200, body: known };
    const text = JSON.stringify(known, (key, value: unknown) =>
      key.endsWith('_localizations') ? undefined : value,
    );
    return { status: 200, body: z.json().parse(JSON.parse(text)) };
  }

  const commands = /^\/applications\/(?<app>\d+)(?:\/guilds\/(?<guild>\d+))?\/commands$/;
  return [
    {
      name: 'gateway',
      method: 'GET',
      path: /^\/gateway\/bot$/,
      handle: () => ({
        status: 200,
        body: {
          url: gatewayUrl(),
          shards: 1,
          session_start_limit: {
            total: 1000,
            remaining: world.startsLeft,
            reset_after: 0,
            max_concurrency: 16,
          },
        },
      }),
    },
    {
      name: 'application',
      method: 'GET',
      path: /^\/applications\/@me$/,
      handle: () => ({ status: 200, body: applicationPayload(world) }),
    },
    {
      name: 'commands',
      method: 'GET',
      path: commands,
      handle: ({ params, query }) => getCommands(scopeOf(params), query),
    },
    {
      name: 'commands',
      method: 'PUT',
      path: commands,
      handle: ({ params, body }) => putCommands(scopeOf(params), body),
    },
    {
      name: 'me',
      method: 'GET',
      path: /^\/users\/@me$/,
      handle: () => ({ status: 200, body: userPayload(world.bot) }),
    },
    {
      name: 'my-guilds',
      method: 'GET',
      path: /^\/users\/@me\/guilds$/,
      handle: () => ({
        status: 200,
        body: [...world.guilds.values()]
          .filter(({ botIsMember }) => botIsMember)
          .map(({ id, name }) => ({ id, name, owner: false, permissions: '0', features: [] })),
      }),
    },
    {
      name: 'guild',
      method: 'GET',
      path: /^\/guilds\/(?<guild>\d+)$/,
      handle: ({ params }) => ({ status: 200, body: guildPayload(world, guildOf(params.guild)) }),
    },
    {
      name: 'roles',
      method: 'GET',
      path: /^\/guilds\/(?<guild>\d+)\/roles$/,
      handle: ({ params }) => ({
        status: 200,
        body: [...guildOf(params.guild).roles].map(([id, permissions]) => rolePayload(id, permissions)),
      }),
    },
    {
      name: 'member',
      method: 'GET',
      path: /^\/guilds\/(?<guild>\d+)\/members\/(?<user>\d+)$/,
      handle: ({ params }) => member(params.guild, params.user),
    },
  ];
}

function applicationPayload(world: World) {
  const owner = world.users.get(world.ownerId);
  return {
    id: world.applicationId,
    name: 'eSIM usage',
    icon: null,
    description: '',
    bot_public: world.botPublic,
    bot_require_code_grant: false,
    verify_key: 'ab'.repeat(32),
    owner: owner ? userPayload(owner) : undefined,
    team: null,
    flags: world.applicationFlags,
    interactions_endpoint_url: world.interactionsEndpointUrl,
  };
}
