import { alertPressLine } from '../../cards/alert-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { AlertDeed } from '../../domain/alert.ts';
import type { AlertDesk } from '../../usage/alert-board.ts';
import type { Place } from './address.ts';
import type { Answering } from './answering.ts';
import { discordNotice } from './embed.ts';
import type { Surface } from './surface.ts';

/** A pressed button of an alert, after its acknowledgement. The caller has checked who presses. */
export function createAlertPress(parts: { readonly alerts: AlertDesk; readonly answering: Answering }) {
  const { alerts, answering } = parts;
  return async function press(deed: AlertDeed, handle: string, at: Place, aside: Surface): Promise<void> {
    const words = wordsFor(at.locale).alerts;
    if (deed !== 'show') {
      const outcome = await alerts.press(handle, deed, { platform: 'discord', personId: at.userId });
      const line = alertPressLine(outcome, { platform: 'discord', locale: at.locale });
      if (line) await answering.finish(at, aside, discordNotice([line]));
      return;
    }
    const found = await alerts.esimOf(handle);
    if (found.kind === 'esim') return answering.answerIccids(at, [found.iccid], aside);
    await answering.finish(at, aside, discordNotice([found.kind === 'gone' ? words.gone : words.noIccid]));
  };
}
