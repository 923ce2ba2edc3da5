// Made from messages/en.json by `npm run messages`; a test compares it. Not to be edited.
import type { Part } from './say.ts';

/** Every message by id, and what it must be given. */
export interface MessageArguments {
  'actions.ask-again': Record<never, never>;
  'actions.cancel': Record<never, never>;
  'actions.cancelOne': Record<never, never>;
  'actions.csv': Record<never, never>;
  'actions.customerReply': Record<never, never>;
  'actions.more': Record<never, never>;
  'actions.notifyAt': {
    readonly when: Part;
  };
  'actions.openOne': Record<never, never>;
  'actions.refresh': Record<never, never>;
  'actions.share': Record<never, never>;
  'actions.show': Record<never, never>;
  'actions.tell-when-fresh': Record<never, never>;
  'alerts.actions.mute': Record<never, never>;
  'alerts.actions.release': Record<never, never>;
  'alerts.actions.show': Record<never, never>;
  'alerts.actions.take': Record<never, never>;
  'alerts.actions.unmute': Record<never, never>;
  'alerts.bySomebodyOn': {
    readonly platform: Part;
  };
  'alerts.credentialsRefused': {
    readonly service: Part;
    readonly setting: Part;
  };
  'alerts.credentialsTaken': {
    readonly service: Part;
    readonly setting: Part;
  };
  'alerts.creditEntry': {
    readonly at: Part;
    readonly percent: number;
    readonly remaining: number;
  };
  'alerts.creditEntry.alone': {
    readonly at: Part;
    readonly percent: number;
  };
  'alerts.creditLeft': {
    readonly amount: number;
  };
  'alerts.creditNext': Record<never, never>;
  'alerts.creditTitle': {
    readonly percent: number;
  };
  'alerts.ending': {
    readonly days: number;
    readonly warnedAt: Part;
  };
  'alerts.endingEntry': {
    readonly at: Part;
    readonly days: number;
  };
  'alerts.endingTitle': {
    readonly days: number;
    readonly masked: Part;
  };
  'alerts.gone': Record<never, never>;
  'alerts.held': {
    readonly freeAt: Part;
    readonly since: Part;
    readonly who: Part;
  };
  'alerts.left': {
    readonly percent: number;
  };
  'alerts.mutedBy': {
    readonly until: Part;
    readonly who: Part;
  };
  'alerts.noIccid': Record<never, never>;
  'alerts.somebodyOn': {
    readonly platform: Part;
  };
  'alerts.takenBy': {
    readonly since: Part;
    readonly who: Part;
  };
  'alerts.topUp': Record<never, never>;
  'alerts.usedEntry': {
    readonly at: Part;
    readonly percent: number;
    readonly remaining: number;
  };
  'alerts.usedEntry.alone': {
    readonly at: Part;
    readonly percent: number;
  };
  'alerts.usedTitle': {
    readonly masked: Part;
    readonly percent: number;
  };
  'alerts.warned': {
    readonly at: Part;
  };
  'bulk.broken': {
    readonly line: number;
  };
  'bulk.cancel': Record<never, never>;
  'bulk.cancelled': {
    readonly done: number;
    readonly total: number;
  };
  'bulk.comesHere': Record<never, never>;
  'bulk.counts.elsewhere': {
    readonly count: number;
  };
  'bulk.counts.invalid': {
    readonly count: number;
  };
  'bulk.counts.older': {
    readonly count: number;
  };
  'bulk.counts.read': {
    readonly count: number;
  };
  'bulk.counts.repeated': {
    readonly count: number;
  };
  'bulk.counts.unknown': {
    readonly count: number;
  };
  'bulk.counts.unread': {
    readonly count: number;
  };
  'bulk.dayUsedUp': {
    readonly left: number;
    readonly most: number;
    readonly until: Part;
  };
  'bulk.finished': {
    readonly rows: number;
  };
  'bulk.form.file': {
    readonly mostKb: number;
  };
  'bulk.form.send': Record<never, never>;
  'bulk.inDirectMessage': Record<never, never>;
  'bulk.label': Record<never, never>;
  'bulk.listed': {
    readonly list: Part;
  };
  'bulk.minutesLeft': {
    readonly minutes: number;
  };
  'bulk.minutesLeft.none': Record<never, never>;
  'bulk.notes.declined': {
    readonly detail: Part;
  };
  'bulk.notes.invalid.empty': Record<never, never>;
  'bulk.notes.invalid.not-digits': Record<never, never>;
  'bulk.notes.invalid.rounded': Record<never, never>;
  'bulk.notes.invalid.several': {
    readonly found: number;
  };
  'bulk.notes.invalid.too-long': {
    readonly digits: number;
  };
  'bulk.notes.invalid.too-short': {
    readonly digits: number;
  };
  'bulk.notes.noFigures': Record<never, never>;
  'bulk.notes.older.airalo-unavailable': Record<never, never>;
  'bulk.notes.older.airalo-unavailable.until': {
    readonly until: Part;
  };
  'bulk.notes.older.operator-needed': Record<never, never>;
  'bulk.notes.older.operator-needed.until': {
    readonly until: Part;
  };
  'bulk.notes.older.rate-limited': Record<never, never>;
  'bulk.notes.older.rate-limited.until': {
    readonly until: Part;
  };
  'bulk.notes.unknown': Record<never, never>;
  'bulk.notes.unknown.checkDigit': Record<never, never>;
  'bulk.notes.unread.airalo-unavailable': Record<never, never>;
  'bulk.notes.unread.airalo-unavailable.until': {
    readonly until: Part;
  };
  'bulk.notes.unread.operator-needed': Record<never, never>;
  'bulk.notes.unread.operator-needed.until': {
    readonly until: Part;
  };
  'bulk.notes.unread.rate-limited': Record<never, never>;
  'bulk.notes.unread.rate-limited.until': {
    readonly until: Part;
  };
  'bulk.progress': {
    readonly done: number;
    readonly total: number;
  };
  'bulk.refusals.digits-lost': Record<never, never>;
  'bulk.refusals.no-iccids': Record<never, never>;
  'bulk.refusals.not-fetched': Record<never, never>;
  'bulk.refusals.not-stored': Record<never, never>;
  'bulk.refusals.not-text': Record<never, never>;
  'bulk.refusals.one-at-a-time': Record<never, never>;
  'bulk.refusals.only-in-direct-message': Record<never, never>;
  'bulk.refusals.other-file': Record<never, never>;
  'bulk.refusals.several-files': Record<never, never>;
  'bulk.refusals.spreadsheet': Record<never, never>;
  'bulk.taking': Record<never, never>;
  'bulk.title': Record<never, never>;
  'bulk.titles.cancelled': Record<never, never>;
  'bulk.titles.reading': Record<never, never>;
  'bulk.titles.refused': Record<never, never>;
  'bulk.titles.unsent': Record<never, never>;
  'bulk.tooLarge': {
    readonly mostKb: number;
  };
  'bulk.tooMany': {
    readonly found: number;
    readonly most: number;
  };
  'bulk.tooManyCells': {
    readonly most: number;
  };
  'bulk.unsent': Record<never, never>;
  'bulk.waiting': {
    readonly count: number;
    readonly until: Part;
  };
  'card.allowances.calls': Record<never, never>;
  'card.allowances.data': Record<never, never>;
  'card.allowances.texts': Record<never, never>;
  'card.asOf': {
    readonly asOf: Part;
  };
  'card.askLater.airalo-unavailable': {
    readonly when: Part;
  };
  'card.askLater.busy': {
    readonly when: Part;
  };
  'card.askLater.rate-limited': {
    readonly when: Part;
  };
  'card.dataNotKnown.total': {
    readonly amount: Part;
  };
  'card.endedAt': {
    readonly at: Part;
  };
  'card.endedUnused': {
    readonly at: Part;
    readonly remaining: Part;
    readonly total: Part;
  };
  'card.endingSoon': Record<never, never>;
  'card.endsAt': {
    readonly at: Part;
    readonly away: Part;
  };
  'card.endsIn': {
    readonly away: Part;
  };
  'card.endsOn': {
    readonly at: Part;
  };
  'card.esim': {
    readonly masked: Part;
  };
  'card.headline.askLater': Record<never, never>;
  'card.headline.empty': {
    readonly total: Part;
  };
  'card.headline.endsSoon': {
    readonly away: Part;
    readonly figure: Part;
  };
  'card.headline.expired': {
    readonly ago: Part;
  };
  'card.headline.lastKnown': {
    readonly title: Part;
  };
  'card.headline.noAllowance': Record<never, never>;
  'card.headline.notKnown': Record<never, never>;
  'card.headline.past': {
    readonly ago: Part;
  };
  'card.headline.promised': Record<never, never>;
  'card.headline.unreported': Record<never, never>;
  'card.headline.unseen': {
    readonly figure: Part;
  };
  'card.headline.unseen.alone': Record<never, never>;
  'card.headline.usedUp': {
    readonly total: Part;
  };
  'card.headline.waiting': {
    readonly amount: Part;
  };
  'card.headline.waitingUnlimited': Record<never, never>;
  'card.headline.withdrawn': Record<never, never>;
  'card.labels.calls': Record<never, never>;
  'card.labels.data': Record<never, never>;
  'card.labels.ends': Record<never, never>;
  'card.labels.iccid': Record<never, never>;
  'card.labels.texts': Record<never, never>;
  'card.lastReading': Record<never, never>;
  'card.left.calls': {
    readonly percent: number;
    readonly remaining: number;
    readonly total: number;
  };
  'card.left.calls.open': {
    readonly remaining: number;
  };
  'card.left.data': {
    readonly percent: number;
    readonly remaining: Part;
    readonly total: Part;
  };
  'card.left.data.above': {
    readonly remaining: Part;
    readonly total: Part;
  };
  'card.left.data.open': {
    readonly remaining: Part;
  };
  'card.left.texts': {
    readonly percent: number;
    readonly remaining: number;
    readonly total: number;
  };
  'card.left.texts.open': {
    readonly remaining: number;
  };
  'card.low': {
    readonly kinds: Part;
  };
  'card.nextCheck': {
    readonly when: Part;
  };
  'card.nextSteps.EXPIRED': Record<never, never>;
  'card.nextSteps.FINISHED': Record<never, never>;
  'card.nextSteps.NOT_ACTIVE': Record<never, never>;
  'card.nextSteps.RECYCLED': Record<never, never>;
  'card.nextSteps.UNKNOWN': Record<never, never>;
  'card.nextTry': {
    readonly when: Part;
  };
  'card.notKnown': Record<never, never>;
  'card.notNoted': {
    readonly when: Part;
  };
  'card.of.calls': {
    readonly remaining: number;
    readonly total: number;
  };
  'card.of.data': {
    readonly remaining: Part;
    readonly total: Part;
  };
  'card.of.texts': {
    readonly remaining: number;
    readonly total: number;
  };
  'card.outOfStep': Record<never, never>;
  'card.statuses.ACTIVE': Record<never, never>;
  'card.statuses.EXPIRED': Record<never, never>;
  'card.statuses.FINISHED': Record<never, never>;
  'card.statuses.NOT_ACTIVE': Record<never, never>;
  'card.statuses.RECYCLED': Record<never, never>;
  'card.statuses.UNKNOWN': Record<never, never>;
  'card.stillReported': {
    readonly left: Part;
  };
  'card.thisIsTheLast': Record<never, never>;
  'card.unlimited': Record<never, never>;
  'card.unseenStatus': Record<never, never>;
  'card.unusedGone': {
    readonly remaining: Part;
    readonly total: Part;
  };
  'card.upstreamLag': {
    readonly minutes: number;
  };
  'card.willAnswer.airalo-unavailable': {
    readonly when: Part;
  };
  'card.willAnswer.busy': {
    readonly when: Part;
  };
  'card.willAnswer.rate-limited': {
    readonly when: Part;
  };
  'card.willUpdate.airalo-unavailable': {
    readonly when: Part;
  };
  'card.willUpdate.busy': {
    readonly when: Part;
  };
  'card.willUpdate.rate-limited': {
    readonly when: Part;
  };
  'chat.alreadyWorking': Record<never, never>;
  'chat.answerReady': Record<never, never>;
  'chat.answeredElsewhere': Record<never, never>;
  'chat.cancelledFor': {
    readonly masked: Part;
  };
  'chat.cancelledFor.none': {
    readonly masked: Part;
  };
  'chat.cardTooOld': {
    readonly command: string;
  };
  'chat.changed': {
    readonly given: Part;
  };
  'chat.checking': Record<never, never>;
  'chat.checking.one': {
    readonly esim: Part;
  };
  'chat.checking.several': {
    readonly count: number;
  };
  'chat.didYouMean': {
    readonly meant: Part;
  };
  'chat.failure': Record<never, never>;
  'chat.failure.reference': {
    readonly reference: string;
  };
  'chat.fileElsewhere': Record<never, never>;
  'chat.fileNotSent': Record<never, never>;
  'chat.inviteFirst': Record<never, never>;
  'chat.leftOut': {
    readonly most: number;
    readonly which: Part;
  };
  'chat.mayNotPost': Record<never, never>;
  'chat.mentioned.channel': Record<never, never>;
  'chat.mentioned.group': Record<never, never>;
  'chat.mentioned.person': Record<never, never>;
  'chat.notShared': Record<never, never>;
  'chat.notUnderstood': Record<never, never>;
  'chat.notYours': Record<never, never>;
  'chat.nothingReadable': {
    readonly example: string;
  };
  'chat.onlyPrivately': {
    readonly command: string;
  };
  'chat.openChat': Record<never, never>;
  'chat.openPrivately': Record<never, never>;
  'chat.privately': Record<never, never>;
  'chat.promiseCancelled': Record<never, never>;
  'chat.promiseMade': {
    readonly at: Part;
  };
  'chat.promiseNotCancelled': Record<never, never>;
  'chat.refreshNotBefore': {
    readonly at: Part;
  };
  'chat.sharedBy': {
    readonly person: Part;
  };
  'chat.unknownWord': {
    readonly asked: Part;
  };
  'commands.helpDescription': Record<never, never>;
  'commands.helpName': Record<never, never>;
  'commands.iccidDescription': Record<never, never>;
  'commands.shortcut': Record<never, never>;
  'commands.shortcutDescription': Record<never, never>;
  'commands.usageDescription': Record<never, never>;
  'commands.usageHint': Record<never, never>;
  'commands.usageName': Record<never, never>;
  'digest.announced': {
    readonly person: Part;
    readonly schedule: Part;
  };
  'digest.closed': {
    readonly channel: Part;
  };
  'digest.elsewhere': {
    readonly channel: Part;
  };
  'digest.headline': {
    readonly count: number;
  };
  'digest.headline.listed': {
    readonly count: number;
    readonly when: Part;
  };
  'digest.headline.none': Record<never, never>;
  'digest.headline.nothing': Record<never, never>;
  'digest.headline.paused': {
    readonly count: number;
  };
  'digest.headline.set': {
    readonly schedule: Part;
  };
  'digest.howToEnd': Record<never, never>;
  'digest.howToEnd.number': Record<never, never>;
  'digest.item': {
    readonly channel: Part;
    readonly nextAt: Part;
    readonly schedule: Part;
  };
  'digest.item.paused': {
    readonly at: Part;
    readonly channel: Part;
    readonly schedule: Part;
  };
  'digest.item.paused.private': {
    readonly at: Part;
    readonly schedule: Part;
  };
  'digest.item.private': {
    readonly nextAt: Part;
    readonly schedule: Part;
  };
  'digest.missed': {
    readonly at: Part;
  };
  'digest.none': Record<never, never>;
  'digest.nothing': Record<never, never>;
  'digest.off': Record<never, never>;
  'digest.off.none': Record<never, never>;
  'digest.preview': Record<never, never>;
  'digest.sealed': {
    readonly count: number;
  };
  'digest.set': {
    readonly nextAt: Part;
  };
  'digest.set.elsewhere': {
    readonly channel: Part;
    readonly nextAt: Part;
  };
  'digest.silent': {
    readonly esims: Part;
  };
  'digest.tooMany': {
    readonly most: number;
  };
  'digest.unreadable': {
    readonly given: Part;
  };
  'find.askedAt': {
    readonly when: Part;
  };
  'find.emptyOrder': {
    readonly order: Part;
  };
  'find.emptyOrder.status': {
    readonly order: Part;
    readonly status: Part;
  };
  'find.emptyOrderTitle': Record<never, never>;
  'find.forEverybody': Record<never, never>;
  'find.full': {
    readonly most: number;
  };
  'find.howToName': {
    readonly example: string;
  };
  'find.is': {
    readonly name: Part;
  };
  'find.more': {
    readonly count: number;
  };
  'find.moreNames': {
    readonly count: number;
  };
  'find.nameItem': {
    readonly masked: Part;
    readonly name: Part;
  };
  'find.nameItem.by': {
    readonly masked: Part;
    readonly name: Part;
    readonly who: Part;
  };
  'find.named': {
    readonly name: Part;
  };
  'find.named.before': {
    readonly before: Part;
    readonly name: Part;
  };
  'find.nameless': Record<never, never>;
  'find.names': {
    readonly count: number;
  };
  'find.noName': Record<never, never>;
  'find.noRecords': {
    readonly setting: Part;
  };
  'find.noRecordsTitle': Record<never, never>;
  'find.noneTitle': Record<never, never>;
  'find.notEverything': {
    readonly asked: Part;
  };
  'find.notNow': Record<never, never>;
  'find.notSavedTitle': Record<never, never>;
  'find.recordsAway': Record<never, never>;
  'find.recordsBroken': Record<never, never>;
  'find.removed': Record<never, never>;
  'find.savedTitle': Record<never, never>;
  'find.searched': {
    readonly asked: Part;
  };
  'find.several': {
    readonly count: number;
  };
  'find.soFarTitle': Record<never, never>;
  'find.taken': {
    readonly masked: Part;
    readonly name: Part;
  };
  'find.takenTitle': Record<never, never>;
  'find.title': Record<never, never>;
  'find.whatIsFound': Record<never, never>;
  'find.whichName': Record<never, never>;
  'find.whichNameTitle': Record<never, never>;
  'forecast.between': {
    readonly earliest: Part;
    readonly latest: Part;
  };
  'forecast.chartTitle': Record<never, never>;
  'forecast.earliest': {
    readonly at: Part;
  };
  'forecast.lasts': {
    readonly amount: Part;
    readonly from: Part;
    readonly points: number;
  };
  'forecast.noPicture': Record<never, never>;
  'forecast.none.no-use': Record<never, never>;
  'forecast.none.not-active': Record<never, never>;
  'forecast.none.too-far-off': Record<never, never>;
  'forecast.none.too-few-readings': Record<never, never>;
  'forecast.none.uneven': Record<never, never>;
  'forecast.none.unlimited': Record<never, never>;
  'forecast.none.used-up': Record<never, never>;
  'forecast.pictureAlt': {
    readonly end: Part;
    readonly fromDay: Part;
    readonly start: Part;
    readonly toDay: Part;
  };
  'forecast.pictureAlt.end': {
    readonly end: Part;
    readonly endDay: Part;
    readonly fromDay: Part;
    readonly start: Part;
    readonly toDay: Part;
  };
  'forecast.pictureElsewhere': Record<never, never>;
  'forecast.reckoned': Record<never, never>;
  'forecast.runsOut': {
    readonly amount: Part;
    readonly at: Part;
    readonly from: Part;
    readonly points: number;
  };
  'forecast.trend': Record<never, never>;
  'help.ask': {
    readonly command: string;
  };
  'help.more': {
    readonly command: string;
  };
  'help.share': {
    readonly share: string;
  };
  'help.shortcut': {
    readonly shortcut: string;
  };
  'help.title': Record<never, never>;
  'help.topics.balance': Record<never, never>;
  'help.topics.cancel': Record<never, never>;
  'help.topics.devices': Record<never, never>;
  'help.topics.digest': Record<never, never>;
  'help.topics.esim': Record<never, never>;
  'help.topics.find': Record<never, never>;
  'help.topics.install': Record<never, never>;
  'help.topics.name': Record<never, never>;
  'help.topics.names': Record<never, never>;
  'help.topics.order': Record<never, never>;
  'help.topics.orders': Record<never, never>;
  'help.topics.packages': Record<never, never>;
  'help.topics.plans': Record<never, never>;
  'help.topics.recent': Record<never, never>;
  'help.topics.reply': Record<never, never>;
  'help.topics.status': Record<never, never>;
  'help.topics.topups': Record<never, never>;
  'help.topics.trend': Record<never, never>;
  'help.topics.unname': Record<never, never>;
  'help.topics.unwatch': Record<never, never>;
  'help.topics.watch': {
    readonly percent: number;
  };
  'help.topics.watches': Record<never, never>;
  'help.waiting': Record<never, never>;
  'home.ask': Record<never, never>;
  'home.check': Record<never, never>;
  'home.comesIn': Record<never, never>;
  'home.healthy': Record<never, never>;
  'home.help': Record<never, never>;
  'home.noneRecent': Record<never, never>;
  'home.pending': {
    readonly count: number;
  };
  'home.pendingItem': {
    readonly at: Part;
    readonly masked: Part;
  };
  'home.recent': Record<never, never>;
  'home.recentHeadline': {
    readonly bad: number;
  };
  'home.title': Record<never, never>;
  'home.troubled': Record<never, never>;
  'home.unhealthy': Record<never, never>;
  'home.unreadable': {
    readonly count: number;
  };
  'home.version': {
    readonly version: Part;
  };
  'list.columns.checked': Record<never, never>;
  'list.columns.ends': Record<never, never>;
  'list.columns.esim': Record<never, never>;
  'list.columns.left': Record<never, never>;
  'list.columns.status': Record<never, never>;
  'list.comes': {
    readonly when: Part;
  };
  'list.lost': {
    readonly amount: Part;
  };
  'list.newestFirst': Record<never, never>;
  'list.oldest': {
    readonly from: Part;
    readonly to: Part;
  };
  'list.title': {
    readonly bad: number;
    readonly count: number;
    readonly waiting: number;
  };
  'list.waiting': Record<never, never>;
  'list.worstFirst': Record<never, never>;
  'orders.esims': {
    readonly count: number;
  };
  'orders.headline': {
    readonly count: number;
  };
  'orders.none': Record<never, never>;
  'orders.title': Record<never, never>;
  'plans.ask': {
    readonly example: Part;
  };
  'plans.headline': {
    readonly count: number;
    readonly place: Part;
  };
  'plans.noBuying': Record<never, never>;
  'plans.noPlace': {
    readonly asked: Part;
    readonly example: Part;
  };
  'plans.none': {
    readonly place: Part;
  };
  'plans.title': {
    readonly place: Part;
  };
  'plans.which': Record<never, never>;
  'refusal.declined.next': Record<never, never>;
  'refusal.declined.what': Record<never, never>;
  'refusal.doubtedEsim': Record<never, never>;
  'refusal.example': {
    readonly example: string;
  };
  'refusal.malformed.empty': Record<never, never>;
  'refusal.malformed.length': {
    readonly digits: number;
  };
  'refusal.malformed.length.given': {
    readonly digits: number;
    readonly given: Part;
  };
  'refusal.malformed.not-digits': Record<never, never>;
  'refusal.malformed.not-digits.given': {
    readonly given: Part;
  };
  'refusal.malformed.rounded': Record<never, never>;
  'refusal.malformed.several': {
    readonly found: number;
  };
  'refusal.notAllowed.channel': {
    readonly channels: Part;
  };
  'refusal.notAllowed.check-failed': Record<never, never>;
  'refusal.notAllowed.check-failed.credentials-refused': Record<never, never>;
  'refusal.notAllowed.full-member': Record<never, never>;
  'refusal.notAllowed.group': {
    readonly groups: Part;
  };
  'refusal.notAllowed.listed': {
    readonly id: Part;
    readonly setting: Part;
  };
  'refusal.notAllowed.named': Record<never, never>;
  'refusal.notAllowed.others': Record<never, never>;
  'refusal.notAllowed.space': Record<never, never>;
  'refusal.notAllowed.steward': Record<never, never>;
  'refusal.operatorNeeded.next': Record<never, never>;
  'refusal.operatorNeeded.what': Record<never, never>;
  'refusal.promiseCancelled': Record<never, never>;
  'refusal.promiseExpired': {
    readonly askedAt: Part;
  };
  'refusal.storeUnavailable.next': Record<never, never>;
  'refusal.storeUnavailable.what': Record<never, never>;
  'refusal.titles.declined': Record<never, never>;
  'refusal.titles.malformed-iccid': Record<never, never>;
  'refusal.titles.not-allowed': Record<never, never>;
  'refusal.titles.operator-needed': Record<never, never>;
  'refusal.titles.promise-cancelled': Record<never, never>;
  'refusal.titles.promise-expired': Record<never, never>;
  'refusal.titles.store-unavailable': Record<never, never>;
  'refusal.titles.too-many': Record<never, never>;
  'refusal.titles.unknown-esim': Record<never, never>;
  'refusal.tooMany': {
    readonly until: Part;
  };
  'refusal.tooMany.next': Record<never, never>;
  'refusal.unknownEsim': Record<never, never>;
  'refusal.unknownEsim.again': {
    readonly when: Part;
  };
  'refusal.unknownEsim.checkDigit': Record<never, never>;
  'refusal.unknownEsim.compare': Record<never, never>;
  'refusal.unknownEsim.iccid': {
    readonly iccid: Part;
  };
  'reply.calls': {
    readonly remaining: number;
    readonly total: number;
  };
  'reply.copy': Record<never, never>;
  'reply.expired': {
    readonly end: Part;
  };
  'reply.expired.open': Record<never, never>;
  'reply.language': Record<never, never>;
  'reply.left': {
    readonly remaining: Part;
    readonly total: Part;
  };
  'reply.left.open': {
    readonly remaining: Part;
  };
  'reply.low': Record<never, never>;
  'reply.none': Record<never, never>;
  'reply.notStarted': Record<never, never>;
  'reply.texts': {
    readonly remaining: number;
    readonly total: number;
  };
  'reply.title': Record<never, never>;
  'reply.unlimited': Record<never, never>;
  'reply.unreported': Record<never, never>;
  'reply.until': {
    readonly end: Part;
  };
  'reply.untouched': {
    readonly total: Part;
  };
  'reply.usedUp': Record<never, never>;
  'reply.withdrawn': Record<never, never>;
  'terminal.arrived': Record<never, never>;
  'terminal.cancelled': Record<never, never>;
  'terminal.moreCommands': Record<never, never>;
  'terminal.nothingToCancel': Record<never, never>;
  'terminal.watchesHere': Record<never, never>;
  'topics.askAgain.airalo-unavailable': {
    readonly when: Part;
  };
  'topics.askAgain.busy': {
    readonly when: Part;
  };
  'topics.askAgain.rate-limited': {
    readonly when: Part;
  };
  'topics.balance.account': Record<never, never>;
  'topics.balance.checkFailed': Record<never, never>;
  'topics.balance.is': {
    readonly amount: Part;
  };
  'topics.balance.needsGroup': {
    readonly groups: Part;
  };
  'topics.balance.none': Record<never, never>;
  'topics.balance.notSetUp': {
    readonly setting: Part;
  };
  'topics.balance.others': Record<never, never>;
  'topics.buttons.esim': Record<never, never>;
  'topics.buttons.install': Record<never, never>;
  'topics.buttons.packages': Record<never, never>;
  'topics.buttons.topups': Record<never, never>;
  'topics.devices.askModel': {
    readonly example: Part;
  };
  'topics.devices.caveat': Record<never, never>;
  'topics.devices.headline': {
    readonly count: number;
  };
  'topics.devices.more': {
    readonly count: number;
  };
  'topics.devices.none': {
    readonly asked: Part;
  };
  'topics.devices.which': Record<never, never>;
  'topics.esim.accessCode': {
    readonly code: Part;
  };
  'topics.esim.days': {
    readonly days: number;
  };
  'topics.esim.labels.apn': Record<never, never>;
  'topics.esim.labels.brand': Record<never, never>;
  'topics.esim.labels.data': Record<never, never>;
  'topics.esim.labels.note': Record<never, never>;
  'topics.esim.labels.order': Record<never, never>;
  'topics.esim.labels.ordered': Record<never, never>;
  'topics.esim.labels.package': Record<never, never>;
  'topics.esim.labels.roaming': Record<never, never>;
  'topics.esim.labels.validity': Record<never, never>;
  'topics.esim.labels.withdrawn': Record<never, never>;
  'topics.esim.notShared': Record<never, never>;
  'topics.esim.roamingOn': Record<never, never>;
  'topics.esim.secret': Record<never, never>;
  'topics.esim.sharingLink': Record<never, never>;
  'topics.esim.unbranded': Record<never, never>;
  'topics.esimTitle': {
    readonly masked: Part;
    readonly topic: Part;
  };
  'topics.install.activationCode': {
    readonly code: Part;
  };
  'topics.install.appleLink': Record<never, never>;
  'topics.install.byHand': Record<never, never>;
  'topics.install.byQrCode': Record<never, never>;
  'topics.install.headline': Record<never, never>;
  'topics.install.network': Record<never, never>;
  'topics.install.none': Record<never, never>;
  'topics.install.otherLanguages': {
    readonly example: Part;
  };
  'topics.install.qrAlt': {
    readonly masked: Part;
  };
  'topics.install.qrCode': Record<never, never>;
  'topics.install.secret': Record<never, never>;
  'topics.install.systems.android': Record<never, never>;
  'topics.install.systems.ios': Record<never, never>;
  'topics.needsIccid': {
    readonly example: Part;
  };
  'topics.packages.dates': Record<never, never>;
  'topics.packages.ended': {
    readonly at: Part;
  };
  'topics.packages.ends': {
    readonly at: Part;
  };
  'topics.packages.headline': {
    readonly active: number;
    readonly count: number;
  };
  'topics.packages.headlineLeft': {
    readonly active: number;
    readonly count: number;
    readonly left: Part;
  };
  'topics.packages.headlineUnlimited': {
    readonly active: number;
    readonly count: number;
    readonly unlimited: Part;
  };
  'topics.packages.nameless': Record<never, never>;
  'topics.packages.none': Record<never, never>;
  'topics.packages.older': {
    readonly count: number;
  };
  'topics.packages.startedAt': {
    readonly startedAt: Part;
  };
  'topics.packages.topUp': {
    readonly title: Part;
  };
  'topics.packages.used-up': {
    readonly at: Part;
  };
  'topics.titles.balance': Record<never, never>;
  'topics.titles.devices': Record<never, never>;
  'topics.titles.esim': Record<never, never>;
  'topics.titles.install': Record<never, never>;
  'topics.titles.packages': Record<never, never>;
  'topics.titles.topups': Record<never, never>;
  'topics.topups.headline': {
    readonly count: number;
  };
  'topics.topups.messages': {
    readonly messages: number;
  };
  'topics.topups.minutes': {
    readonly minutes: number;
  };
  'topics.topups.more': {
    readonly count: number;
  };
  'topics.topups.netPrice': {
    readonly price: Part;
  };
  'topics.topups.noBuying': Record<never, never>;
  'topics.topups.none': Record<never, never>;
  'topics.topups.price': {
    readonly price: Part;
  };
  'topics.topups.pricesHidden': Record<never, never>;
  'watch.alreadySo': {
    readonly condition: Part;
  };
  'watch.announced': {
    readonly condition: Part;
    readonly masked: Part;
    readonly person: Part;
  };
  'watch.channelClosed': Record<never, never>;
  'watch.channelFailed': Record<never, never>;
  'watch.choice': Record<never, never>;
  'watch.choose.ends': Record<never, never>;
  'watch.choose.percent': {
    readonly percent: number;
  };
  'watch.chooseHere.ends': Record<never, never>;
  'watch.chooseHere.percent': {
    readonly percent: number;
  };
  'watch.columns.condition': Record<never, never>;
  'watch.columns.next': Record<never, never>;
  'watch.columns.to': Record<never, never>;
  'watch.condition.ends': Record<never, never>;
  'watch.condition.percent': {
    readonly percent: number;
  };
  'watch.ended.over': Record<never, never>;
  'watch.ended.too-old': Record<never, never>;
  'watch.ended.unknown-esim': Record<never, never>;
  'watch.headline.none': Record<never, never>;
  'watch.headline.set': {
    readonly condition: Part;
  };
  'watch.headline.stopped': {
    readonly count: number;
  };
  'watch.headline.watched': {
    readonly esims: number;
  };
  'watch.howToList': Record<never, never>;
  'watch.known': {
    readonly condition: Part;
  };
  'watch.knownHere': {
    readonly condition: Part;
  };
  'watch.met': {
    readonly condition: Part;
  };
  'watch.metHere': {
    readonly condition: Part;
  };
  'watch.noChannel': Record<never, never>;
  'watch.none': Record<never, never>;
  'watch.notForUnlimited': Record<never, never>;
  'watch.notInChannel': {
    readonly channel: Part;
  };
  'watch.notThat': {
    readonly asked: Part;
  };
  'watch.orHere': Record<never, never>;
  'watch.orWrite': {
    readonly example: string;
  };
  'watch.set': {
    readonly condition: Part;
    readonly endsAt: Part;
  };
  'watch.setHere': {
    readonly channel: Part;
    readonly condition: Part;
    readonly endsAt: Part;
  };
  'watch.soonestFirst': Record<never, never>;
  'watch.stop.ends': {
    readonly masked: Part;
  };
  'watch.stop.percent': {
    readonly masked: Part;
    readonly percent: number;
  };
  'watch.stopIt': Record<never, never>;
  'watch.stopOne': Record<never, never>;
  'watch.stopped': Record<never, never>;
  'watch.stopped.before': Record<never, never>;
  'watch.toYou': Record<never, never>;
  'watch.tooMany': {
    readonly most: number;
  };
  'watch.unreadable': {
    readonly count: number;
  };
  'watch.unwatched': {
    readonly count: number;
    readonly masked: Part;
  };
  'watch.unwatched.none': {
    readonly masked: Part;
  };
  'watch.watch': Record<never, never>;
  'watch.watchedFor': {
    readonly person: Part;
  };
  'watch.whenToTell': Record<never, never>;
  'watch.whichEsim': {
    readonly example: string;
  };
}

export type MessageId = keyof MessageArguments;

/** With `<code>` or `<strong>` in them: never plain text. */
export type RichMessageId =
  | 'card.nextSteps.EXPIRED'
  | 'card.nextSteps.FINISHED'
  | 'card.nextSteps.NOT_ACTIVE'
  | 'chat.cardTooOld'
  | 'chat.failure.reference'
  | 'chat.inviteFirst'
  | 'chat.nothingReadable'
  | 'chat.onlyPrivately'
  | 'digest.howToEnd'
  | 'digest.howToEnd.number'
  | 'digest.none'
  | 'digest.unreadable'
  | 'find.full'
  | 'find.howToName'
  | 'find.is'
  | 'find.moreNames'
  | 'find.whichName'
  | 'help.ask'
  | 'help.more'
  | 'help.share'
  | 'help.shortcut'
  | 'help.topics.watch'
  | 'refusal.example'
  | 'watch.howToList'
  | 'watch.none'
  | 'watch.notThat'
  | 'watch.orWrite'
  | 'watch.whichEsim';
