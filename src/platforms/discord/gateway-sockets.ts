import { createRequire } from 'node:module';
import { WebSocket } from 'undici';
import { systemClock } from '../../clock.ts';
import { type ProxySettings, throughProxy } from '../../proxy.ts';
import { giveUpWhenSilent, type PingableSocket } from './silent-peer.ts';

/** The class that discord.js' gateway library makes its sockets from, as far as it is used here. */
type SocketClass = new (
  url: string | URL,
  protocols?: unknown,
  options?: unknown,
) => PingableSocket & { on(event: 'error', hear: () => void): unknown };

/** `ws` as that library sees it; `OrdinaryWebSocket` is ours: the class as it was. */
interface SocketLibrary {
  readonly WebSocket: SocketClass;
  readonly OrdinaryWebSocket?: SocketClass;
}

/**
 * Chooses what discord.js opens its gateway with; call it before discord.js is loaded. Its gateway library works on
 * any WebSocket of the standard (it uses the runtime's on Bun and Deno).
 *
 * Through proxies: its own `ws` takes an agent that @discordjs/ws has no option for (discord.js issue 10716), and
 * keeps to none that is global. So undici's takes the place of that class, for it goes by the same rules as every
 * other call: one reading of NO_PROXY, one way to open a tunnel.
 *
 * Else `ws`, with one listener more: discord.js takes its own away from a socket that it gives up, and what goes
 * wrong with that one afterwards ("Opening handshake has timed out") would end the process (measured). And it is given up when it falls silent.
 */
export function chooseGatewaySockets(proxy: ProxySettings | undefined): void {
  const discord = createRequire(createRequire(import.meta.url).resolve('discord.js'));
  const gateways = createRequire(discord.resolve('@discordjs/ws'));
  const library: SocketLibrary = gateways('ws');
  const ordinary = library.OrdinaryWebSocket ?? library.WebSocket;
  Object.assign(library, {
    OrdinaryWebSocket: ordinary,
    WebSocket: proxy ? proxied(proxy) : heard(ordinary),
  });
}

function proxied(proxy: ProxySettings) {
  const dispatcher = throughProxy(proxy);
  return class ProxiedWebSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { dispatcher });
    }
  };
}

function heard(Ordinary: SocketClass) {
  return class HeardWebSocket extends Ordinary {
    constructor(url: string | URL, protocols?: unknown, options?: unknown) {
      super(url, protocols, options);
      this.on('error', () => undefined);
      // The machine's own time: the class is made once, for every bot of the process.
      giveUpWhenSilent(this, systemClock);
    }
  };
}
