import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line => (when === 'now' ? ['now'] : ['at ', when]);

/** English: packages, details, top-ups, installation, balance, devices. */
export function topicWords({ number, minutes, counted, either }: Figures): TopicWords {
  const titles = {
    packages: 'Packages',
    esim: 'Details',
    topups: 'Top-ups',
    install: 'Installation',
    balance: 'Airalo balance',
    devices: 'Devices',
  } as const;
  return {
    esimTitle: (topic, masked) => `${titles[topic]} of eSIM ${masked}`,
    titles,
    buttons: { packages: 'Packages', esim: 'Details', topups: 'Top-ups', install: 'Install' },
    needsIccid: (example) => ['Which eSIM? Please add its ICCID: ', example],
    tooMany: (found, most) => [
      `I found ${number(found)} ICCIDs and can answer this for ${number(most)} at a time. Please send fewer.`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'Airalo lets this be read again ',
          ...at(when),
          '. Please ask again then: nothing comes by itself.',
        ],
        'airalo-unavailable': ['Airalo does not answer at the moment. Please ask again ', ...at(when), '.'],
        busy: ['Many questions are on their way to Airalo. Please ask again ', ...at(when), '.'],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? ' (top-up): ' : ': ',
        status,
        ...(left === undefined ? [] : [`, ${left}`]),
        ...(startedAt === undefined ? [] : [', started ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: ', ends ', ended: ', ended ', 'used-up': ', used up ' }[end.kind], end.at]),
      ],
      older: (count) => [`And ${number(count)} older.`],
      none: ['Airalo lists no package for this eSIM.'],
      nameless: 'Package',
    },
    esim: {
      labels: {
        package: 'Package',
        order: 'Order',
        ordered: 'Ordered',
        note: 'Note on the order',
        brand: 'Brand',
        validity: 'Validity',
        data: 'Data',
        roaming: 'Data roaming',
        apn: 'APN',
        withdrawn: 'Withdrawn',
      },
      days: (count) => counted(count, { one: 'day', other: 'days' }),
      roamingOn: 'Must be switched on',
      unbranded: 'None',
      sharingLink: 'Open the eSIM page',
      accessCode: (given) => [', access code ', given],
      notShared: ['There is no sharing link for this eSIM.'],
      secret: [
        'Whoever has the link and the code can see and install this eSIM: give them to the customer alone.',
      ],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`, ${minutes(calls)}`]),
        ...(messages === undefined ? [] : [`, ${counted(messages, { one: 'message', other: 'messages' })}`]),
        ...(netPrice === undefined ? [] : [`; your price ${netPrice}`]),
        ...(price === undefined ? [] : [`; recommended ${price}`]),
      ],
      more: (count) => [`And ${number(count)} more.`],
      none: ['Airalo offers no top-up for this eSIM.'],
      pricesHidden: ['Prices are shown only to people who may read the balance.'],
      noBuying: [
        'I only show what there is; a top-up is ordered in your shop or in the Airalo Partner Platform.',
      ],
    },
    install: {
      qrCode: 'Open the QR code',
      appleLink: 'Install directly on an iPhone (iOS 17.4 or later)',
      activationCode: (given) => ['Activation code: ', given],
      systems: { ios: 'iPhone and iPad', android: 'Android' },
      byQrCode: 'with the QR code',
      byHand: 'by hand',
      network: 'after installing',
      none: ['Airalo has no installation steps for this eSIM.'],
      otherLanguages: (example) => ['In the language of the customer: ', example],
      secret: ['Whoever has this can install the eSIM: send it to the customer alone.'],
    },
    balance: {
      account: 'Available',
      none: ['Airalo names no account with a balance.'],
      needsGroup: (groupIds) => [
        'Reading the balance needs ',
        ...either(mentions('group', groupIds, 'others')),
        '. Please ask an administrator.',
      ],
      notSetUp: (setting) => [
        'Nobody may read the balance here yet. The bot’s operator can name who may with ',
        setting,
        '.',
      ],
      checkFailed: ['I could not check whether you may read the balance. Please try again in a minute.'],
    },
    devices: {
      askModel: (example) => ['Which phone or tablet? Please add its model: ', example],
      found: (count, asked) => [
        `Airalo’s list has ${counted(count, { one: 'device', other: 'devices' })} for `,
        asked,
        ':',
      ],
      none: (asked) => [
        'Airalo’s list has no device for ',
        asked,
        '. Please check the spelling; a device that is not on the list probably takes no eSIM.',
      ],
      more: (count) => [`And ${number(count)} more. Please give more of the name.`],
      caveat: [
        'The same model can lack eSIM in some countries, and a locked phone takes none of another operator.',
      ],
    },
    help: (command) => [
      [
        strong('More about an eSIM: '),
        'put ',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        ' before the number, such as ',
        code(`${command} packages ${ICCID_EXAMPLE}`),
        '.',
      ],
      [
        strong('Beside eSIMs: '),
        code('/esim-devices iPhone 13'),
        ' tells whether a phone takes eSIMs, ',
        code('/esim-balance'),
        ' what is left of your Airalo credit.',
      ],
    ],
  };
}
