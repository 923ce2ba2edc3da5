import type { Say } from '../say.ts';
import { mentions } from '../spans.ts';
import type { TopicWords } from '../topic-words.ts';

/** Packages, details, top-ups, installation, balance, devices. */
export function topicWords({ text, line, figures: { data, either } }: Say): TopicWords {
  const titles: TopicWords['titles'] = {
    packages: text('topics.titles.packages'),
    esim: text('topics.titles.esim'),
    topups: text('topics.titles.topups'),
    install: text('topics.titles.install'),
    balance: text('topics.titles.balance'),
    devices: text('topics.titles.devices'),
  };
  return {
    esimTitle: (topic, masked) => text('topics.esimTitle', { topic: titles[topic], masked }),
    titles,
    buttons: {
      packages: text('topics.buttons.packages'),
      esim: text('topics.buttons.esim'),
      topups: text('topics.buttons.topups'),
      install: text('topics.buttons.install'),
    },
    needsIccid: (example) => line('topics.needsIccid', { example }),
    askAgain: (because, when) => line(`topics.askAgain.${because}`, { when }),
    packages: {
      headline(counts, left) {
        if (left === undefined) return text('topics.packages.headline', counts);
        if (left === 'unlimited')
          return text('topics.packages.headlineUnlimited', { ...counts, unlimited: text('card.unlimited') });
        const { remaining } = data({ remaining: left, total: left });
        return text('topics.packages.headlineLeft', { ...counts, left: remaining });
      },
      topUp: (title) => line('topics.packages.topUp', { title }),
      startedAt: (startedAt) => line('topics.packages.startedAt', { startedAt }),
      end: (kind, at) => line(`topics.packages.${kind}`, { at }),
      dates: text('topics.packages.dates'),
      older: (count) => line('topics.packages.older', { count }),
      none: text('topics.packages.none'),
      nameless: text('topics.packages.nameless'),
    },
    esim: {
      labels: {
        package: text('topics.esim.labels.package'),
        order: text('topics.esim.labels.order'),
        ordered: text('topics.esim.labels.ordered'),
        note: text('topics.esim.labels.note'),
        brand: text('topics.esim.labels.brand'),
        validity: text('topics.esim.labels.validity'),
        data: text('topics.esim.labels.data'),
        roaming: text('topics.esim.labels.roaming'),
        apn: text('topics.esim.labels.apn'),
        withdrawn: text('topics.esim.labels.withdrawn'),
      },
      days: (days) => text('topics.esim.days', { days }),
      roamingOn: text('topics.esim.roamingOn'),
      unbranded: text('topics.esim.unbranded'),
      sharingLink: text('topics.esim.sharingLink'),
      accessCode: (code) => line('topics.esim.accessCode', { code }),
      notShared: line('topics.esim.notShared'),
      secret: line('topics.esim.secret'),
    },
    topups: {
      headline: (count) => text('topics.topups.headline', { count }),
      line: ({ title, minutes, messages, netPrice, price }) => [
        title,
        ...(minutes === undefined ? [] : line('topics.topups.minutes', { minutes })),
        ...(messages === undefined ? [] : line('topics.topups.messages', { messages })),
        ...(netPrice === undefined ? [] : line('topics.topups.netPrice', { price: netPrice })),
        ...(price === undefined ? [] : line('topics.topups.price', { price })),
      ],
      more: (count) => line('topics.topups.more', { count }),
      none: line('topics.topups.none'),
      pricesHidden: line('topics.topups.pricesHidden'),
      noBuying: line('topics.topups.noBuying'),
    },
    install: {
      headline: text('topics.install.headline'),
      qrAlt: (masked) => text('topics.install.qrAlt', { masked }),
      qrCode: text('topics.install.qrCode'),
      appleLink: text('topics.install.appleLink'),
      activationCode: (code) => line('topics.install.activationCode', { code }),
      systems: {
        ios: text('topics.install.systems.ios'),
        android: text('topics.install.systems.android'),
      },
      byQrCode: text('topics.install.byQrCode'),
      byHand: text('topics.install.byHand'),
      network: text('topics.install.network'),
      none: line('topics.install.none'),
      otherLanguages: (example) => line('topics.install.otherLanguages', { example }),
      secret: line('topics.install.secret'),
    },
    balance: {
      is: (amount) => text('topics.balance.is', { amount }),
      account: text('topics.balance.account'),
      none: text('topics.balance.none'),
      needsGroup: (groupIds) =>
        line('topics.balance.needsGroup', {
          groups: either(mentions('group', groupIds, text('topics.balance.others'))),
        }),
      notSetUp: (setting) => line('topics.balance.notSetUp', { setting }),
      checkFailed: line('topics.balance.checkFailed'),
    },
    devices: {
      which: text('topics.devices.which'),
      askModel: (example) => line('topics.devices.askModel', { example }),
      headline: (count) => text('topics.devices.headline', { count }),
      none: (asked) => line('topics.devices.none', { asked }),
      more: (count) => line('topics.devices.more', { count }),
      caveat: line('topics.devices.caveat'),
    },
  };
}
