import type { PlatformName } from './platform.ts';

/** How many jobs of one consumer may be at one platform at once. */
export interface PlatformPlaces {
  /** Runs `work`; undefined when all places of the platform are taken: it is then to be put off, since waiting would hold up the others. */
  tryIn<T>(platform: PlatformName, work: () => Promise<T>): Promise<T | undefined>;
}

/** A platform that hangs keeps `most` jobs waiting and leaves the consumer's other places to the rest. In this process alone. */
export function createPlatformPlaces(most: number): PlatformPlaces {
  const taken = new Map<PlatformName, number>();
  const takenAt = (platform: PlatformName) => taken.get(platform) ?? 0;
  return {
    async tryIn(platform, work) {
      if (takenAt(platform) >= most) return undefined;
      taken.set(platform, takenAt(platform) + 1);
      try {
        return await work();
      } finally {
        taken.set(platform, takenAt(platform) - 1);
      }
    },
  };
}
