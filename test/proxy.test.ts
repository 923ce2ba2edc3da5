import { createServer } from 'node:http';
import { Agent, type Dispatcher, getGlobalDispatcher, request, setGlobalDispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { download } from '../src/platforms/chat/download.ts';
import { respond } from '../src/platforms/slack/response-url.ts';
import { describeProxy, throughProxy, useProxy } from '../src/proxy.ts';
import {
  BEHIND_PROXY,
  type ConnectProxy,
  startConnectProxy,
  startSilentProxy,
} from './support/connect-proxy.ts';
import { listen } from './support/listen.ts';
import { ManualClock } from './support/manual-clock.ts';
import { until } from './support/until.ts';

let proxy: ConnectProxy;
let before: Dispatcher;
let files: { url: string; close: () => Promise<void> };
beforeEach(async () => {
  before = getGlobalDispatcher();
  proxy = await startConnectProxy();
  files = await listen(createServer((_request, response) => void response.end('a,b')));
});
afterEach(async () => {
  const used = getGlobalDispatcher();
  setGlobalDispatcher(before);
  if (used !== before) await used.destroy();
  await files.close();
  await proxy.close();
});

const fetchList = (url: string) =>
  download(systemClock, { url, mostBytes: 100, mayAsk: () => true }).then(({ kind }) => kind);
const behind = () => files.url.replace('127.0.0.1', BEHIND_PROXY);
const tunnel = () => `${BEHIND_PROXY}:${new URL(files.url).port}`;

describe('what goes through a proxy', () => {
  it('is a file somebody attached, as well as what Node’s own fetch asks for', async () => {
    useProxy({ https: undefined, http: proxy.url, except: '' });
    expect(await fetchList(behind())).toBe('ok');
    expect(await (await fetch(behind())).text()).toBe('a,b');
    expect(proxy.tunnels).toContain(tunnel());
    expect(proxy.plain).toEqual([]);
  });

  it('is not this computer, which the proxy would look for on its own', async () => {
    useProxy({ https: proxy.url, http: proxy.url, except: 'example.com' });
    expect(await fetchList(files.url)).toBe('ok');
    expect(proxy.tunnels).toEqual([]);
  });

  it.each(['*', 'example.com *', '.invalid', 'invalid', BEHIND_PROXY])(
    'is not what NO_PROXY=%s names',
    async (except) => {
      useProxy({ https: proxy.url, http: proxy.url, except });
      expect(await fetchList(behind())).toBe('unreachable');
      expect(proxy.tunnels).toEqual([]);
    },
  );

  it('is given up where the proxy never says whether it lets it through', async () => {
    const silent = await startSilentProxy();
    const dispatcher = throughProxy({ https: undefined, http: silent.url, except: '' }, {}, 50);
    await expect(request(behind(), { dispatcher })).rejects.toMatchObject({
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
    await dispatcher.destroy();
    await silent.close();
  });

  it('is nothing without one', async () => {
    useProxy(undefined);
    expect(getGlobalDispatcher()).toBe(before);
    expect(await fetchList(behind())).toBe('unreachable');
  });
});

describe('the time of a call binds before there is a connection', () => {
  const clients = {
    'a response URL of Slack’s': (clock: ManualClock) =>
      respond(clock, behind(), { text: 'hello', blocks: [] }, 'new'),
    'a file somebody attached': (clock: ManualClock) =>
      download(clock, { url: behind(), mostBytes: 100, mayAsk: () => true }),
  };
  const names = ['a response URL of Slack’s', 'a file somebody attached'] as const;

  async function resultOf(name: (typeof names)[number]): Promise<unknown> {
    const clock = new ManualClock();
    let result: unknown;
    void clients[name](clock).then((came) => {
      result = came;
    });
    await until('the end of the call', () => {
      clock.advance(1_000);
      return result !== undefined;
    });
    return result;
  }

  it.each(names)('for %s behind a proxy that never says yes or no', async (name) => {
    const silent = await startSilentProxy();
    useProxy({ https: undefined, http: silent.url, except: '' });
    expect(await resultOf(name)).toMatchObject({ error: 'TimeoutError' });
    await silent.close();
  });

  it.each(names)('for %s at a peer that takes no connection', async (name) => {
    const deaf = new Agent({ connect: () => undefined });
    setGlobalDispatcher(deaf);
    expect(await resultOf(name)).toMatchObject({ error: 'TimeoutError' });
  });
});

describe('a proxy in words', () => {
  it('has no password', () => {
    const said = describeProxy({
      https: 'http://me:hidden@proxy:3128',
      http: undefined,
      except: 'a.example',
    });
    expect(said).toBe('https through http://proxy:3128, this computer and a.example directly');
  });
});
