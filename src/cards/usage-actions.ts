import { isRefreshable } from '../domain/freshness.ts';
import type { Topic } from '../domain/topic.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { CachedReply, DeferredReply, FreshReply } from '../usage/reply.ts';
import type { Action, AskAction, Card, CardAction } from './card.ts';
import { lowKinds } from './headline.ts';
import { instantFrom } from './spans.ts';
import type { Words } from './words.ts';

/** What can be pressed on a usage card: at most three buttons, one row of a phone where all is well, and a menu with the rest. */
export type Controls = Pick<Card, 'actions' | 'menu'>;

/** A recycled eSIM stays one: there is nothing to wait for. */
export function isFinal({ status }: UsageReading): boolean {
  return status.kind === 'known' && status.name === 'RECYCLED';
}

/**
 * The button that fits the state comes first and in colour; nothing stands here that would be refused. `now` in epoch
 * ms: when Airalo may be asked decides between "refresh" and "tell me".
 */
export function answeredControls(reply: FreshReply | CachedReply, now: number, words: Words): Controls {
  const { reading } = reply;
  const fitting = fittingTopic(reading);
  const check = isFinal(reading) ? [] : [checkAction(reply, now, words)];
  return {
    actions: [
      ...(fitting === undefined ? [] : [askAction(fitting, words, 'primary')]),
      ...check,
      { kind: 'share', label: words.actions.share, style: 'normal' },
    ],
    ...menuOf(reading, fitting, reply.forecast !== undefined, words),
  };
}

/** While an answer is on its way, or could be: the same, as far as something is known. */
export function deferredControls(reply: DeferredReply, now: number, words: Words): Controls {
  const { previous, promise } = reply;
  const wait: CardAction =
    promise.kind === 'queued'
      ? { kind: 'cancel', label: words.actions.cancel, style: 'normal' }
      : notifyAction(reply.refreshableAt, now, words, previous === undefined ? 'primary' : 'normal');
  if (previous === undefined) return { actions: [wait] };
  const fitting = fittingTopic(previous.reading);
  return {
    actions: [...(fitting === undefined ? [] : [askAction(fitting, words, 'primary')]), wait],
    ...menuOf(previous.reading, fitting, reply.forecast !== undefined, words),
  };
}

/** For everybody in a channel. */
export function publicControls({ actions }: Words): Controls {
  return { actions: [{ kind: 'show', label: actions.show, style: 'normal' }] };
}

/** Refresh where Airalo may be asked, else to be told when it may. */
function checkAction(reply: FreshReply | CachedReply, now: number, words: Words): CardAction {
  if (isRefreshable(reply, now)) return { kind: 'refresh', label: words.actions.refresh, style: 'normal' };
  return notifyAction(reply.refreshableAt, now, words, 'normal');
}

/** In colour only where it is all that can be done. */
function notifyAction(at: number, now: number, { actions }: Words, style: Action['style']): CardAction {
  const when = instantFrom(now, at, 'time');
  // A date has no room on a button.
  const isNear = typeof when === 'object' && when.kind === 'instant' && when.style === 'time' && at > now;
  return {
    kind: 'tell-when-fresh',
    label: actions['tell-when-fresh'],
    ...(isNear ? { timed: actions.notifyAt(when) } : {}),
    style,
  };
}

/** What the state asks for; nothing while all is well, and nothing for what takes neither. */
function fittingTopic(reading: UsageReading): 'topups' | 'install' | undefined {
  const { status } = reading;
  if (status.kind === 'unseen') return undefined;
  switch (status.name) {
    case 'FINISHED':
    case 'EXPIRED':
      return 'topups';
    case 'NOT_ACTIVE':
      return 'install';
    case 'ACTIVE':
      return lowKinds(reading).length > 0 ? 'topups' : undefined;
    case 'UNKNOWN':
    case 'RECYCLED':
      return undefined;
    default:
      return status satisfies never;
  }
}

/** The rest, at most five: so many fit into Slack's overflow menu. */
function menuOf(
  reading: UsageReading,
  fitting: Topic | undefined,
  withTrend: boolean,
  words: Words,
): Pick<Card, 'menu'> {
  const isOver = reading.status.kind === 'known' && ['FINISHED', 'EXPIRED'].includes(reading.status.name);
  const hasTrend = withTrend && fitting !== 'install';
  const topics: readonly MenuTopic[] = [
    'reply',
    // What has ended has nothing left to watch for.
    ...(isOver || isFinal(reading) ? [] : (['watch'] as const)),
    // Where all else has its place, the packages stand behind the details.
    ...(hasTrend && fitting === undefined ? [] : (['packages'] as const)),
    'esim',
    ...(isFinal(reading) || fitting === 'topups' ? [] : (['topups'] as const)),
    ...(hasTrend ? (['trend'] as const) : []),
  ];
  const options = topics.map((topic) => askAction(topic, words));
  return { menu: { kind: 'more', label: words.actions.more, options } };
}

type MenuTopic = 'reply' | 'watch' | 'packages' | 'esim' | 'topups' | 'install' | 'trend';

function askAction(topic: MenuTopic, words: Words, style: Action['style'] = 'normal'): AskAction {
  return { kind: 'ask', topic, label: labelOf(topic, words), style };
}

/** At most `CARD_LIMITS.actionLabel` characters, as every label. */
function labelOf(topic: MenuTopic, { actions, forecast, topics, watch }: Words): string {
  switch (topic) {
    case 'reply':
      return actions['customer-reply'];
    case 'watch':
      return watch.watch;
    case 'trend':
      return forecast.trend;
    default:
      return topics.buttons[topic];
  }
}
