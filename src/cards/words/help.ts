import type { Topic } from '../../domain/topic.ts';
import type { Line } from '../card.ts';
import type { Say } from '../say.ts';
import { code, dotted } from '../spans.ts';

/** Words of the help. */
export interface HelpWords {
  /** Stands on every card of the help, and on a guess at what was meant. */
  readonly title: string;
  /** `command` with its slash, and the `shortcut` on a message, as the platform shows them. */
  lines(command: string, shortcut: string): readonly Line[];
  /** Small print: why a figure can be older. */
  readonly waiting: Line;
  /** What a further question is for, without how it is typed. */
  about(topic: Exclude<Topic, 'usage'>): Line;
  /** Each further question on a line, or on that of another, in the order of the help. */
  readonly topics: readonly Line[];
}

/** How each topic is typed, in the order of the help. A topic without a line does not compile. */
const TYPED: Readonly<Record<Exclude<Topic, 'usage'>, string>> = {
  packages: 'packages ICCID',
  esim: 'esim ICCID',
  topups: 'topups ICCID',
  install: 'install ICCID',
  trend: 'trend ICCID',
  reply: 'reply ICCID',
  watch: 'watch ICCID 25',
  watches: 'watches',
  unwatch: 'unwatch ICCID',
  digest: 'digest weekdays 9:00',
  name: 'name ICCID anna-trip',
  names: 'names',
  unname: 'unname anna-trip',
  find: 'find 0019',
  order: 'order 20261115-070321',
  orders: 'orders',
  recent: 'recent',
  cancel: 'cancel ICCID',
  plans: 'plans JP',
  devices: 'devices iPhone 13',
  balance: 'balance',
  status: 'status',
};

/** Told on the line of another: what undoes it, what comes before it, or what is as short. */
const BESIDE = {
  unwatch: 'watches',
  unname: 'names',
  orders: 'order',
  status: 'balance',
} as const satisfies Partial<Record<keyof typeof TYPED, keyof typeof TYPED>>;
const isBeside = (topic: string): topic is keyof typeof BESIDE => topic in BESIDE;
const isTopic = (word: string): word is keyof typeof TYPED => word in TYPED;

/** How to ask. */
export function helpWords({ text, line }: Say): HelpWords {
  const about = (topic: keyof typeof TYPED): Line =>
    topic === 'watch' ? line('help.topics.watch', { percent: 0.25 }) : line(`help.topics.${topic}`);
  const saidOf = (topic: keyof typeof TYPED): Line => [code(TYPED[topic]), ' – ', ...about(topic)];
  return {
    title: text('help.title'),
    lines: (command, shortcut) => [
      line('help.ask', { command }),
      line('help.shortcut', { shortcut }),
      line('help.share', { share: text('actions.share') }),
      line('help.more', { command }),
    ],
    waiting: line('help.waiting'),
    about,
    topics: Object.keys(TYPED)
      .filter(isTopic)
      .filter((topic) => !isBeside(topic))
      .map((topic): Line => {
        const beside = Object.keys(BESIDE).filter((one) => isBeside(one) && BESIDE[one] === topic);
        return dotted([topic, ...beside.filter(isTopic)].map(saidOf));
      }),
  };
}
