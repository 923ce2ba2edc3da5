import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { chooseGatewaySockets } from '../../../src/platforms/discord/gateway-sockets.ts';
import { listen } from '../../support/listen.ts';

/** As far as the test uses a socket of discord.js' gateway library. */
interface Socket {
  on(event: 'close', hear: () => void): unknown;
  terminate(): void;
}
/** The library is that class itself, with the class as its property too. */
const library = z.custom<{ WebSocket: new (url: string) => Socket }>(
  (value) => typeof value === 'function' && 'WebSocket' in value,
);

/** The `ws` that discord.js' gateway library makes its sockets from. */
function gatewayLibrary(): unknown {
  const discord = createRequire(createRequire(import.meta.url).resolve('discord.js'));
  return createRequire(discord.resolve('@discordjs/ws'))('ws');
}

it('a socket that was given up in the middle of its upgrade fails without ending the process', async () => {
  const upgrades: { destroy(): void }[] = [];
  const server = createServer().on('upgrade', (_request, stream) => upgrades.push(stream));
  const { url, close } = await listen(server);
  chooseGatewaySockets(undefined);
  const { WebSocket } = library.parse(gatewayLibrary());
  const socket = new WebSocket(url.replace('http', 'ws'));
  await once(server, 'upgrade');
  const closed = new Promise<void>((resolve) => socket.on('close', resolve));
  // Nobody listens to its error any more, as after discord.js has destroyed it.
  socket.terminate();
  await closed;
  expect(upgrades).toHaveLength(1);
  for (const stream of upgrades) stream.destroy();
  await close();
});
