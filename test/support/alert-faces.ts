import type { AlertFace } from '../../src/domain/alert.ts';
import { MINUTE_MS, NOW } from './replies.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;
const esim = { about: { kind: 'esim', masked: '…0019' }, packageName: 'sakura-mobile-15days-5gb' } as const;

/** The forms an alert takes, by what they show. */
export const ALERT_FACES: Readonly<Record<string, AlertFace>> = {
  'the first warning': { ...esim, used: { percent: 75, at: NOW }, remainingPercent: 25, latestAt: NOW },
  'low and ending, in hand': {
    ...esim,
    used: { percent: 90, at: NOW - DAY_MS },
    ending: { days: 1, at: NOW },
    remainingPercent: 9,
    latestAt: NOW,
    claim: { platform: 'slack', personId: 'U0123456789', at: NOW + MINUTE_MS },
  },
  muted: {
    ...esim,
    ending: { days: 3, at: NOW },
    latestAt: NOW,
    mute: { platform: 'slack', personId: 'U0123456789', until: NOW + 30 * DAY_MS },
  },
  'the credit of the account': {
    about: { kind: 'credit' },
    used: { percent: 80, at: NOW },
    remaining: 1874.2,
    latestAt: NOW,
  },
};
