import { createRequire } from 'node:module';
import { WebSocket } from 'undici';
import { type ProxySettings, throughProxy } from '../../proxy.ts';

/**
 * Has discord.js open its gateway through the proxies; call it before discord.js is loaded. Its own `ws` takes an
 * agent that @discordjs/ws has no option for (discord.js issue 10716), and keeps to none that is global. But its
 * gateway library works on any WebSocket of the standard (it uses the runtime's on Bun and Deno), so undici's takes
 * the place of that class, for it goes by the same rules as every other call: one reading of NO_PROXY, one way to
 * open a tunnel.
 */
export function openGatewaysThrough(proxy: ProxySettings): void {
  const dispatcher = throughProxy(proxy);
  class ProxiedWebSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { dispatcher });
    }
  }
  const discord = createRequire(createRequire(import.meta.url).resolve('discord.js'));
  const gateways = createRequire(discord.resolve('@discordjs/ws'));
  const library: { WebSocket: unknown } = gateways('ws');
  library.WebSocket = ProxiedWebSocket;
}
