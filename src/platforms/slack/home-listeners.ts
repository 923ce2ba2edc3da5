import { z } from 'zod';
import type { Line } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Reply } from '../../usage/reply.ts';
import { recallCard } from '../chat/card-note.ts';
import { askerOf, type Place } from './address.ts';
import { type HomeParts, publishHome } from './home.ts';
import { ASK_FORM, askForm, HOME, helpModal } from './home-view.ts';
import type { ListenerParts } from './listeners.ts';
import { directMessageWith } from './surface.ts';
import type { TimedApp } from './timed-app.ts';
import { callSlack } from './web.ts';

/** What the App Home needs beside what every listener has. */
export interface HomeListenerParts extends ListenerParts {
  readonly knownTo: HomeParts['knownTo'];
  /** Takes a question in the direct message, as if it had been written there; resolves when it is durable, or waited for long enough. */
  readonly ask: (place: Omit<Place, 'locale'>, text: string, answered: () => Promise<void>) => Promise<void>;
}

const opened = z.object({ event_id: z.string(), team_id: z.string().optional() });
/** The part of a `block_actions` or `view_submission` payload that is read here. `private_metadata`: the direct message. */
const pressed = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({ private_metadata: z.string().default('') }).optional(),
});
const pressedControl = z.object({ action_id: z.string(), value: z.string().default('') });
const submitted = z.object({
  state: z.object({
    values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
  }),
});

const CONTROLS = [
  'ask',
  'help',
  'check',
  'cancel',
  'watches',
] as const satisfies readonly (keyof typeof HOME)[];

/** Every way something is done on the App Home. The view does not change by itself: after each press it is filled anew. */
export function openHomeListeners(app: TimedApp, parts: HomeListenerParts): void {
  const { client, chat, usageService, conversation, clock, log, run, persistently } = parts;

  app.event('app_home_opened', async ({ event, body }) => {
    // Opening the bot's messages is told by the same event.
    if (event.tab !== 'home') return;
    const { event_id: id, team_id: teamId } = opened.parse(body);
    run(id, () => show(placeOf(teamId ?? parts.ownTeamId(), event.user, event.channel, id)));
  });

  const presses: Readonly<Record<keyof typeof HOME, (place: Place, value: string) => Promise<void>>> = {
    async cancel(place, jobId) {
      await usageService.cancel(jobId, askerOf(await chat.introduce(place)));
      await show(place);
    },
    watches: (place, words) => show(place, words),
    check: async (place, value) => show(place, '', await checkAgain(place, value)),
    async ask(place) {
      const { locale } = await chat.introduce(place);
      await openModal(place.questionId, askForm(locale, place.channelId));
    },
    async help(place) {
      await openModal(place.questionId, helpModal(await chat.introduce(place), clock.now()));
    },
  };
  // One listener for all: Bolt runs through each of them at every request.
  app.action(new RegExp(`^(?:${Object.values(HOME).join('|')})(?::|$)`), async ({ ack, action, body }) => {
    await ack();
    const place = placeOfPress(body);
    const { action_id: id, value } = pressedControl.parse(action);
    const control = CONTROLS.find((one) => id.split(':', 1)[0] === HOME[one]);
    if (control) run(place.questionId, () => presses[control](place, value));
  });

  app.view(ASK_FORM.id, async ({ ack, body, view }) => {
    const place = placeOfPress(body);
    const { values } = submitted.parse(view).state;
    const text = values[ASK_FORM.field]?.[ASK_FORM.field]?.value ?? '';
    await parts.ask(place, text, () => show(place));
    // Closes the form.
    await ack();
  });

  function placeOfPress(body: unknown): Place {
    const { user, team, view, trigger_id: id } = pressed.parse(body);
    return placeOf(user.team_id ?? team?.id ?? parts.ownTeamId(), user.id, view?.private_metadata ?? '', id);
  }

  function placeOf(teamId: string, userId: string, channelId: string, questionId: string): Place {
    return { teamId, userId, channelId, inDirectMessage: true, questionId, locale: 'en' };
  }

  /** A lookup without a promise: what came of it stands there at once. Undefined where the new figure says it all. */
  async function checkAgain(asked: Place, value: string): Promise<Line | undefined> {
    const place = await chat.introduce(asked);
    if ((await conversation.refusalFor(place)) !== undefined) return undefined;
    const [noteId = '', index = ''] = value.split('|');
    const note = await recallCard(usageService, noteId);
    const iccid = note?.userId === place.userId ? note.iccids[Number(index)] : undefined;
    if (iccid === undefined) return undefined;
    const requestId = place.questionId;
    return outcomeOf(
      await usageService.lookup({ iccid, asker: askerOf(place), requestId, place: 'dm' }),
      place.locale,
    );
  }

  function outcomeOf(reply: Reply, locale: string): Line | undefined {
    const { chat: words, refusal } = wordsFor(locale);
    if (reply.kind === 'refused') return [refusal.titles[reply.refusal.reason]];
    if (reply.kind === 'fresh' || reply.kind === 'watched') return undefined;
    return words.refreshNotBefore(reply.refreshableAt);
  }

  async function openModal(
    triggerId: string,
    view: Parameters<typeof client.views.open>[0]['view'],
  ): Promise<void> {
    // A trigger is good for three seconds: a second try would come too late.
    const result = await callSlack(clock, () => client.views.open({ trigger_id: triggerId, view }));
    if (result.kind !== 'ok')
      log.warn({ requestId: triggerId, error: result.error }, 'A form could not be opened');
  }

  /**
   * `words`: what was said to the list of watches there. The view is made anew for each try: what was on its way may
   * have come, and who could not be checked can be.
   */
  async function show(asked: Place, words = '', notice?: Line): Promise<void> {
    const result = await persistently(() => fill(asked, words, notice));
    const { questionId: requestId } = asked;
    if (result.kind !== 'ok') log.warn({ requestId, result: result.kind }, 'App Home could not be filled');
  }

  async function fill(asked: Place, words: string, notice: Line | undefined) {
    const place = await chat.introduce(asked);
    const refusal = await conversation.refusalFor(place);
    const watches = refusal ? undefined : await conversation.watchesOf(place, words);
    const { channelId, userId } = place;
    const directMessage = channelId === '' ? await directMessageWith(clock, client, userId) : channelId;
    const extras = { directMessage, refusal: refusal?.blocks, watches, notice };
    return publishHome(parts, place, extras);
  }
}
