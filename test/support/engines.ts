import { textIn } from './files-text.ts';
import { HAS_REDIS, startRedis } from './redis-server.ts';
import { makeTemporaryPlace } from './temporary-place.ts';

/** A store's place on one of the engines, empty, for a test that opens and closes it several times. */
export interface EnginePlace {
  readonly url: string;
  /** Everything that stands on the disk, as text. */
  bytes(): Promise<string>;
  remove(): Promise<void>;
}

/** The engines of this machine: Redis where there is a `redis-server`. */
export const ENGINES = HAS_REDIS ? (['SQLite', 'Redis'] as const) : (['SQLite'] as const);

export async function openPlace(engine: (typeof ENGINES)[number]): Promise<EnginePlace> {
  if (engine === 'SQLite') {
    const place = await makeTemporaryPlace();
    return {
      url: `sqlite:${place.path('store.sqlite')}`,
      bytes: () => textIn(place.directory),
      remove: () => place.remove(),
    };
  }
  const server = await startRedis();
  return { url: server.url, bytes: () => server.files(), remove: () => server.stop() };
}
