import { type Words, wordsFor } from '../../src/cards/words.ts';
import { WATCH_CONDITIONS } from '../../src/domain/watch.ts';
import { BULK_SAMPLES } from './bulk-word-samples.ts';
import { ICCID, NOW } from './replies.ts';

/**
 * Each function of the catalogue called with plausible arguments, by its path; what follows a space tells apart several calls of one.
 * A new function of a section needs a line here: `languages.test.ts` says which is missing.
 */
const SAMPLES: Readonly<Record<string, (words: Words) => unknown>> = {
  'card.esim': ({ card }) => card.esim('…0019'),
  'card.low': ({ card }) => card.low(['data', 'calls', 'texts']),
  'card.left data': ({ card }) => card.left('data', AMOUNT, 25),
  'card.left calls': ({ card }) => card.left('calls', AMOUNT, 25),
  'card.left texts': ({ card }) => card.left('texts', AMOUNT, 25),
  'card.left texts, no total': ({ card }) => card.left('texts', AMOUNT, undefined),
  'card.of data': ({ card }) => card.of('data', AMOUNT),
  'card.of calls': ({ card }) => card.of('calls', AMOUNT),
  'card.of texts': ({ card }) => card.of('texts', AMOUNT),
  'card.left above': ({ card }) => card.left('data', { remaining: 4096, total: 2048 }, 100),
  'card.away ahead': ({ card }) => card.away(11 * 86_400_000),
  'card.away past': ({ card }) => card.away(-9 * 86_400_000),
  'card.endsAt': ({ card }) => card.endsAt(AWAY, date(LATER)),
  'card.endsIn': ({ card }) => card.endsIn(AWAY),
  'card.endsOn': ({ card }) => card.endsOn(date(LATER)),
  'card.endedAt': ({ card }) => card.endedAt(date(NOW)),
  'card.unused': ({ card }) => card.unused(AMOUNT, date(NOW)),
  'card.unused at no known time': ({ card }) => card.unused(AMOUNT, undefined),
  'card.stillReported': ({ card }) => card.stillReported('9'),
  'card.headline.empty': ({ card }) => card.headline.empty(2048),
  'card.headline.usedUp': ({ card }) => card.headline.usedUp(2048),
  'card.headline.expired': ({ card }) => card.headline.expired(-9 * 86_400_000),
  'card.headline.waiting': ({ card }) => card.headline.waiting(3072),
  'card.headline.unseen': ({ card }) => card.headline.unseen('9'),
  'card.headline.unseen alone': ({ card }) => card.headline.unseen(undefined),
  'card.headline.endsSoon': ({ card }) => card.headline.endsSoon('9', 40 * 60_000),
  'card.headline.lastKnown': ({ card }) => card.headline.lastKnown('9'),
  'card.headline.past': ({ card }) => card.headline.past(-9 * 86_400_000),
  'card.asOf': ({ card }) => card.asOf(time(NOW)),
  'card.nextCheck': ({ card }) => card.nextCheck(time(LATER)),
  'card.nextCheck now': ({ card }) => card.nextCheck('now'),
  'card.nextTry': ({ card }) => card.nextTry(date(LATER)),
  'card.nextTry now': ({ card }) => card.nextTry('now'),
  'actions.notifyAt': ({ actions }) => actions.notifyAt(time(LATER)),
  'topics.balance.is': ({ topics }) => topics.balance.is('9'),
  'bulk.listed': ({ bulk }) => bulk.listed('9'),
  'list.title': ({ list }) => list.title(10, 3, 2),
  'list.title one': ({ list }) => list.title(2, 1, 0),
  'list.title well': ({ list }) => list.title(4, 0, 0),
  'list.title waiting': ({ list }) => list.title(4, 0, 2),
  'list.title one waiting': ({ list }) => list.title(2, 0, 1),
  'list.lost': ({ list }) => list.lost(204),
  'list.comes': ({ list }) => list.comes(time(LATER)),
  'list.comes now': ({ list }) => list.comes('now'),
  'list.checkedBetween': ({ list }) => list.checkedBetween(time(NOW), time(LATER)),
  'reply.untouched': ({ reply }) => reply.untouched(3072),
  'reply.left': ({ reply }) => reply.left(AMOUNT),
  'reply.left no total': ({ reply }) => reply.left({ remaining: 2048, total: 0 }),
  'reply.calls': ({ reply }) => reply.calls(AMOUNT),
  'reply.texts': ({ reply }) => reply.texts(AMOUNT),
  'reply.until': ({ reply }) => reply.until('9'),
  'reply.expired': ({ reply }) => reply.expired('9'),
  'reply.expired at no known time': ({ reply }) => reply.expired(undefined),
  'topics.install.qrAlt': ({ topics }) => topics.install.qrAlt('…0019'),
  'card.upstreamLag': ({ card }) => card.upstreamLag(20),
  'card.headline.notKnown': ({ card }) => card.headline.notKnown(3072),
  'card.headline.notKnown at all': ({ card }) => card.headline.notKnown(undefined),
  ...byReason('card.willUpdate', ({ card }) => card.willUpdate),
  ...byReason('card.willAnswer', ({ card }) => card.willAnswer),
  ...byReason('card.askLater', ({ card }) => card.askLater),
  'card.notNoted': ({ card }) => card.notNoted(time(LATER)),
  'card.notNoted now': ({ card }) => card.notNoted('now'),
  'refusal.malformed empty': ({ refusal }) => refusal.malformed({ kind: 'empty' }, undefined),
  'refusal.malformed': ({ refusal }) => refusal.malformed({ kind: 'not-digits' }, GIVEN),
  'refusal.malformed public': ({ refusal }) => refusal.malformed({ kind: 'not-digits' }, undefined),
  'refusal.malformed rounded': ({ refusal }) => refusal.malformed({ kind: 'rounded' }, GIVEN),
  'refusal.malformed short': ({ refusal }) => refusal.malformed({ kind: 'too-short', digits: 12 }, GIVEN),
  'refusal.malformed long': ({ refusal }) => refusal.malformed({ kind: 'too-long', digits: 31 }, undefined),
  'refusal.malformed several': ({ refusal }) => refusal.malformed({ kind: 'several', found: 3 }, undefined),
  'refusal.unknownEsim': ({ refusal }) => refusal.unknownEsim(GIVEN, true, time(LATER)),
  'refusal.doubtedEsim': ({ refusal }) => refusal.doubtedEsim(time(LATER)),
  'refusal.doubtedEsim now': ({ refusal }) => refusal.doubtedEsim('now'),
  'refusal.unknownEsim public': ({ refusal }) => refusal.unknownEsim(undefined, false, 'now'),
  'refusal.declined': ({ refusal }) => refusal.declined(GIVEN),
  'refusal.notAllowed guest': ({ refusal }) => refusal.notAllowed({ kind: 'full-member' }),
  'refusal.notAllowed space': ({ refusal }) => refusal.notAllowed({ kind: 'space' }),
  'refusal.notAllowed channel': ({ refusal }) => refusal.notAllowed({ kind: 'channel', channelIds: MANY }),
  'refusal.notAllowed group': ({ refusal }) => refusal.notAllowed({ kind: 'group', groupIds: ['1'] }),
  'refusal.notAllowed listed': ({ refusal }) =>
    refusal.notAllowed({ kind: 'listed', personId: '42', setting: 'TELEGRAM_ALLOWED_USERS' }),
  'refusal.notAllowed named': ({ refusal }) => refusal.notAllowed({ kind: 'group', groupIds: [] }),
  'refusal.notAllowed steward': ({ refusal }) => refusal.notAllowed({ kind: 'steward' }),
  'alerts.credentialsRefused': ({ alerts }) =>
    alerts.credentialsRefused('Slack', { kind: 'code', text: 'SLACK_BOT_TOKEN' }),
  'alerts.credentialsTaken': ({ alerts }) =>
    alerts.credentialsTaken('Slack', { kind: 'code', text: 'SLACK_BOT_TOKEN' }),
  'refusal.notAllowed refused': ({ refusal }) =>
    refusal.notAllowed({ kind: 'check-failed', because: 'credentials-refused' }),
  'refusal.notAllowed unknown': ({ refusal }) => refusal.notAllowed({ kind: 'check-failed' }),
  'refusal.tooMany': ({ refusal }) => refusal.tooMany(date(LATER)),
  'refusal.promiseExpired': ({ refusal }) => refusal.promiseExpired(date(NOW)),
  'chat.checking what': ({ chat }) => chat.checking([], 'private'),
  'chat.checking one': ({ chat }) => chat.checking([ICCID], 'private'),
  'chat.checking public': ({ chat }) => chat.checking([ICCID], 'public'),
  'chat.checking several': ({ chat }) => chat.checking([ICCID, ICCID, ICCID], 'private'),
  'chat.leftOut': ({ chat }) => chat.leftOut(10, [ICCID, ICCID]),
  'chat.changed': ({ chat }) => chat.changed(['8.91E+18', '8,91E+18']),
  'chat.cardTooOld': ({ chat }) => chat.cardTooOld('/esim-usage'),
  'chat.onlyPrivately': ({ chat }) => chat.onlyPrivately('/esim-usage'),
  'chat.refreshNotBefore': ({ chat }) => chat.refreshNotBefore(LATER),
  'chat.promiseMade': ({ chat }) => chat.promiseMade(LATER),
  'chat.sharedBy': ({ chat }) => chat.sharedBy('U1'),
  'chat.answerReady': ({ chat }) => chat.answerReady('U1'),
  'chat.answerReady to nobody': ({ chat }) => chat.answerReady(),
  'chat.didYouMean': ({ chat }) => chat.didYouMean('packages'),
  'chat.unknownWord': ({ chat }) => chat.unknownWord(GIVEN),
  'chat.cancelledFor': ({ chat }) => chat.cancelledFor('…0019', true),
  'chat.cancelledFor none': ({ chat }) => chat.cancelledFor('…0019', false),
  'chat.failure': ({ chat }) => chat.failure('a1b2'),
  'chat.failure without reference': ({ chat }) => chat.failure(),
  ...Object.fromEntries(
    WATCH_CONDITIONS.flatMap((wanted): [string, (words: Words) => unknown][] => [
      [`watch.condition ${wanted}`, ({ watch }) => watch.condition(wanted)],
      [`watch.choose ${wanted}`, ({ watch }) => watch.choose(wanted)],
      [`watch.chooseHere ${wanted}`, ({ watch }) => watch.chooseHere(wanted)],
      [`watch.stop ${wanted}`, ({ watch }) => watch.stop('…0019', wanted)],
    ]),
  ),
  'watch.met': ({ watch }) => watch.met('25'),
  'watch.metHere': ({ watch }) => watch.metHere('ends'),
  'watch.ended over': ({ watch }) => watch.ended('over'),
  'watch.ended unknown': ({ watch }) => watch.ended('unknown-esim'),
  'watch.ended old': ({ watch }) => watch.ended('too-old'),
  'watch.watchedFor': ({ watch }) => watch.watchedFor('U1'),
  'watch.notInChannel': ({ watch }) => watch.notInChannel('C1'),
  'watch.setHere': ({ watch }) => watch.setHere('25', CHANNEL, date(LATER)),
  'watch.announced': ({ watch }) => watch.announced('U1', '…0019', '25'),
  'watch.knownHere': ({ watch }) => watch.knownHere('10'),
  'watch.headline': ({ watch }) => watch.headline('25'),
  'watch.headline none': ({ watch }) => watch.headline(undefined),
  'topics.topups.headline': ({ topics }) => topics.topups.headline(2),
  'topics.topups.headline none': ({ topics }) => topics.topups.headline(0),
  'watch.set': ({ watch }) => watch.set('25', date(LATER)),
  'watch.orWrite': ({ watch }) => watch.orWrite('watch 25'),
  'watch.unreadable': ({ watch }) => watch.unreadable(2),
  'watch.watched': ({ watch }) => watch.watched(2),
  'watch.watched none': ({ watch }) => watch.watched(0),
  'watch.stoppedAll': ({ watch }) => watch.stoppedAll(2),
  'watch.unwatched': ({ watch }) => watch.unwatched('…0019', 2),
  'watch.unwatched none': ({ watch }) => watch.unwatched('…0019', 0),
  'watch.notThat': ({ watch }) => watch.notThat(GIVEN),
  'digest.headline': ({ digest }) => digest.headline(5),
  'digest.setTitle': ({ digest }) => digest.setTitle(WEEKDAYS),
  'digest.listed': ({ digest }) => digest.listed(2, { at: LATER, now: NOW, zone: 'UTC' }),
  'digest.listed one paused': ({ digest }) => digest.listed(1),
  'digest.schedule': ({ digest }) => digest.schedule(WEEKDAYS),
  'digest.silent': ({ digest }) => digest.silent('…0019'),
  'digest.set': ({ digest }) => digest.set(date(LATER)),
  'digest.item': ({ digest }) => digest.item(WEEKDAYS, date(LATER), CHANNEL),
  'digest.item private': ({ digest }) => digest.item(WEEKDAYS, date(LATER)),
  'digest.sealed': ({ digest }) => digest.sealed(2),
  'digest.off': ({ digest }) => digest.off(true),
  'digest.off none': ({ digest }) => digest.off(false),
  'digest.tooMany': ({ digest }) => digest.tooMany(5),
  'digest.unreadable': ({ digest }) => digest.unreadable(GIVEN),
  'digest.elsewhere': ({ digest }) => digest.elsewhere(CHANNEL),
  'digest.setElsewhere': ({ digest }) => digest.setElsewhere(date(LATER), CHANNEL),
  'digest.pausedItem': ({ digest }) => digest.pausedItem(WEEKDAYS, date(NOW), CHANNEL),
  'digest.pausedItem private': ({ digest }) => digest.pausedItem(WEEKDAYS, date(NOW)),
  'digest.announced': ({ digest }) => digest.announced('U1', WEEKDAYS),
  'digest.missed': ({ digest }) => digest.missed(date(NOW)),
  'digest.closed': ({ digest }) => digest.closed('C1'),
  'watch.known': ({ watch }) => watch.known('10'),
  'watch.alreadySo': ({ watch }) => watch.alreadySo('5'),
  'watch.tooMany': ({ watch }) => watch.tooMany(50),
  'watch.stopped': ({ watch }) => watch.stopped(true),
  'watch.stopped before': ({ watch }) => watch.stopped(false),
  'find.several': ({ find }) => find.several(3),
  'find.searched': ({ find }) => find.searched(GIVEN),
  'find.askedAt': ({ find }) => find.askedAt(time(NOW)),
  'find.more': ({ find }) => find.more(7),
  'find.names': ({ find }) => find.names(2),
  'find.names none': ({ find }) => find.names(0),
  'find.notEverything': ({ find }) => find.notEverything(GIVEN),
  'find.noRecords': ({ find }) => find.noRecords(GIVEN),
  'find.emptyOrder': ({ find }) => find.emptyOrder(GIVEN, undefined),
  'find.emptyOrder status': ({ find }) => find.emptyOrder(GIVEN, GIVEN),
  'orders.headline': ({ orders }) => orders.headline(9),
  'orders.esims': ({ orders }) => orders.esims(3),
  'plans.title': ({ plans }) => plans.title('9'),
  'plans.headline': ({ plans }) => plans.headline(2, '9'),
  'plans.ask': ({ plans }) => plans.ask(GIVEN),
  'plans.noPlace': ({ plans }) => plans.noPlace(GIVEN, GIVEN),
  'plans.none': ({ plans }) => plans.none(GIVEN),
  'find.named': ({ find }) => find.named(GIVEN, undefined),
  'find.named again': ({ find }) => find.named(GIVEN, GIVEN),
  'find.taken': ({ find }) => find.taken(GIVEN, '…0019'),
  'find.full': ({ find }) => find.full(500),
  'find.is': ({ find }) => find.is(GIVEN),
  'find.nameItem': ({ find }) => find.nameItem(GIVEN, '…0019', undefined),
  'find.nameItem by': ({ find }) => find.nameItem(GIVEN, '…0019', [GIVEN]),
  'find.moreNames': ({ find }) => find.moreNames(7),
  'forecast.runsOut': ({ forecast }) => forecast.runsOut({ ...PACE, at: date(LATER) }),
  'forecast.lasts': ({ forecast }) => forecast.lasts(PACE),
  'forecast.between': ({ forecast }) => forecast.between(date(NOW), date(LATER)),
  'forecast.earliest': ({ forecast }) => forecast.earliest(date(LATER)),
  'forecast.pictureAlt': ({ forecast }) => forecast.pictureAlt(SHOWN),
  'forecast.pictureAlt running out': ({ forecast }) => forecast.pictureAlt({ ...SHOWN, endDay: '2027' }),
  'home.recentHeadline': ({ home }) => home.recentHeadline(2),
  'home.recentHeadline well': ({ home }) => home.recentHeadline(0),
  'home.pending': ({ home }) => home.pending(2),
  'home.pending none': ({ home }) => home.pending(0),
  'home.pendingItem': ({ home }) => home.pendingItem('…0019', LATER),
  'home.unreadable': ({ home }) => home.unreadable(2),
  'home.version': ({ home }) => home.version('1.0.0'),
  'alerts.usedTitle': ({ alerts }) => alerts.usedTitle('…0019', 75),
  'alerts.endingTitle': ({ alerts }) => alerts.endingTitle('…0019', 3),
  'alerts.creditTitle': ({ alerts }) => alerts.creditTitle(80),
  'alerts.warned': ({ alerts }) => alerts.warned(date(NOW)),
  'alerts.creditLeft': ({ alerts }) => alerts.creditLeft(17),
  'alerts.left': ({ alerts }) => alerts.left(25),
  'alerts.ending': ({ alerts }) => alerts.ending(3, date(NOW)),
  'alerts.takenBy': ({ alerts }) => alerts.takenBy([GIVEN], date(NOW)),
  'alerts.mutedBy': ({ alerts }) => alerts.mutedBy([GIVEN], date(LATER)),
  'alerts.somebodyOn': ({ alerts }) => alerts.somebodyOn('Slack'),
  'alerts.bySomebodyOn': ({ alerts }) => alerts.bySomebodyOn('Slack'),
  'alerts.usedEntry': ({ alerts }) => alerts.usedEntry(date(NOW), 90, 9),
  'alerts.usedEntry alone': ({ alerts }) => alerts.usedEntry(date(NOW), 90, undefined),
  'alerts.endingEntry': ({ alerts }) => alerts.endingEntry(date(NOW), 3),
  'alerts.creditEntry': ({ alerts }) => alerts.creditEntry(date(NOW), 80, 17),
  'alerts.creditEntry alone': ({ alerts }) => alerts.creditEntry(date(NOW), 80, undefined),
  'alerts.held': ({ alerts }) => alerts.held([GIVEN], date(NOW), date(LATER)),
  ...Object.fromEntries(
    (['packages', 'esim', 'topups', 'install'] as const).map((topic) => [
      `topics.esimTitle ${topic}`,
      ({ topics }: Words) => topics.esimTitle(topic, '…0019'),
    ]),
  ),
  'topics.needsIccid': ({ topics }) => topics.needsIccid(GIVEN),
  ...byReason('topics.askAgain', ({ topics }) => topics.askAgain),
  'topics.packages.headline': ({ topics }) => topics.packages.headline({ active: 1, count: 3 }, 1331),
  'topics.packages.headline unknown': ({ topics }) => topics.packages.headline({ active: 0, count: 1 }),
  'topics.packages.headline unlimited': ({ topics }) =>
    topics.packages.headline({ active: 2, count: 2 }, 'unlimited'),
  'topics.packages.topUp': ({ topics }) => topics.packages.topUp(GIVEN),
  'topics.packages.startedAt': ({ topics }) => topics.packages.startedAt(date(NOW)),
  ...Object.fromEntries(
    (['ends', 'ended', 'used-up'] as const).map((kind) => [
      `topics.packages.end ${kind}`,
      ({ topics }: Words) => topics.packages.end(kind, date(NOW)),
    ]),
  ),
  'topics.packages.older': ({ topics }) => topics.packages.older(7),
  'topics.esim.days': ({ topics }) => topics.esim.days(15),
  'topics.esim.accessCode': ({ topics }) => topics.esim.accessCode(GIVEN),
  'topics.topups.line': ({ topics }) =>
    topics.topups.line({ title: GIVEN, minutes: 100, messages: 50, netPrice: '9', price: '12' }),
  'topics.topups.more': ({ topics }) => topics.topups.more(7),
  'topics.install.activationCode': ({ topics }) => topics.install.activationCode(GIVEN),
  'topics.install.otherLanguages': ({ topics }) => topics.install.otherLanguages(GIVEN),
  'topics.balance.needsGroup': ({ topics }) => topics.balance.needsGroup(MANY),
  'topics.balance.notSetUp': ({ topics }) => topics.balance.notSetUp(GIVEN),
  'topics.devices.askModel': ({ topics }) => topics.devices.askModel(GIVEN),
  'topics.devices.headline': ({ topics }) => topics.devices.headline(12),
  'topics.devices.none': ({ topics }) => topics.devices.none(GIVEN),
  'topics.devices.more': ({ topics }) => topics.devices.more(7),
  ...BULK_SAMPLES,
  'help.about': ({ help }) => help.about('watch'),
  'help.lines': ({ help, commands }) => help.lines('/esim-usage', commands.shortcut),
};

const AMOUNT = { remaining: 3, total: 12 };
const LATER = NOW + 20 * 60_000;
const MANY = ['1', '2', '3', '4', '5'];
const WEEKDAYS = { days: [1, 2, 3, 4, 5], time: { hour: 10, minute: 0 }, zone: 'Europe/Berlin' };
const CHANNEL = { kind: 'channel', id: 'C1' } as const;
const GIVEN = { kind: 'foreign', text: '89x' } as const;
const AWAY = { kind: 'away', at: NOW, text: '9' } as const;
const SHOWN = { fromDay: '2025', toDay: '2026', startMb: 900, nowMb: 300 };
const time = (at: number) => ({ kind: 'instant', at, style: 'time' }) as const;
const date = (at: number) => ({ kind: 'instant', at, style: 'date-time' }) as const;
const PACE = { perDayMb: 310, from: date(NOW), points: 9 };

function byReason(
  path: string,
  wordOf: (words: Words) => Words['card']['askLater'],
): Record<string, (words: Words) => unknown> {
  const reasons = ['rate-limited', 'airalo-unavailable', 'busy'] as const;
  return Object.fromEntries(
    reasons.flatMap((because) => [
      [`${path} ${because}`, (words: Words) => wordOf(words)(because, time(LATER))],
      [`${path} ${because} now`, (words: Words) => wordOf(words)(because, 'now')],
    ]),
  );
}

/** The paths of everything in a catalogue: `card.labels.data` is a text, `card.low` a function. */
export function pathsOf(catalogue: unknown, before = ''): string[] {
  if (typeof catalogue !== 'object' || catalogue === null || Array.isArray(catalogue)) return [before];
  return Object.entries(catalogue).flatMap(([key, value]) =>
    pathsOf(value, before === '' ? key : `${before}.${key}`),
  );
}

/** What stands in a catalogue under a path. */
function wordAt(catalogue: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, key) => new Map(Object.entries(Object(found))).get(key), catalogue);
}

/** Everything a catalogue can say: its texts by path, its functions by sample. */
export function sayings(words: Words): Map<string, unknown> {
  const texts = pathsOf(words)
    .filter((path) => path !== 'locale')
    .map((path) => [path, wordAt(words, path)] as const)
    .filter(([, value]) => typeof value !== 'function');
  return new Map([...texts, ...Object.entries(SAMPLES).map(([path, say]) => [path, say(words)] as const)]);
}

/** The functions in the catalogue that no sample calls. */
export function unsampled(): string[] {
  const words = wordsFor('en');
  const called = new Set(Object.keys(SAMPLES).map((path) => path.split(' ', 1).join()));
  return pathsOf(words).filter((path) => typeof wordAt(words, path) === 'function' && !called.has(path));
}
