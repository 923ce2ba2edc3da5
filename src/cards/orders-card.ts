import { maskIccid } from '../domain/iccid.ts';
import type { AccountOrder, Page } from '../domain/orders.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { AskAction, Card, Line, PrivateViewer, Row } from './card.ts';
import { ageOf, detailCard, notFoundCard } from './detail-card.ts';
import { CARD_LIMITS, MAX_LISTED } from './limits.ts';
import { clip, foreign, instant } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/** Orders as the card lists them: the numbers that its choice counts into come with it. */
export interface OrdersCard {
  readonly card: Card;
  readonly about: AccountOrder['iccids'];
}

/** What may stand on a button as the words of a question. */
const PRESSABLE = /^[\p{L}\p{N} _-]{1,40}$/u;

/** The newest orders with a choice of one to look up; numbers shortened, since a look at each eSIM is counted. */
export function ordersCard(result: DetailResult<Page<AccountOrder>>, viewer: PrivateViewer): OrdersCard {
  const words = wordsFor(viewer.locale);
  const { orders, topics, list, actions } = words;
  if (result.kind !== 'found')
    return { card: notFoundCard(result, { title: orders.title, viewer }), about: [] };
  const shown = result.value.items.slice(0, MAX_LISTED);
  const more = result.value.total - shown.length;
  const about = shown.flatMap(({ iccids }) => iccids.slice(0, 1));
  const options = shown.flatMap((order) => optionOf(order, about));
  return {
    about,
    card: detailCard({
      title: shown.length === 0 ? orders.none : orders.headline(result.value.total),
      lines: more > 0 ? [topics.packages.older(more)] : [],
      ...(shown.length === 0
        ? {}
        : {
            table: {
              caption: list.newestFirst,
              columns: [
                { label: topics.esim.labels.order, align: 'text' },
                { label: topics.esim.labels.package, align: 'text' },
                { label: list.columns.esim, align: 'text' },
                { label: topics.esim.labels.ordered, align: 'text' },
              ],
              rows: shown.map((order) => rowOf(order, words)),
            },
          }),
      freshness: ageOf(result, viewer),
      ...(options.length === 0 ? {} : { menu: { kind: 'choice', label: actions['open-one'], options } }),
    }),
  };
}

function rowOf({ code, packageTitle, isTopUp, iccids, status, createdAt }: AccountOrder, words: Words): Row {
  const { topics, orders } = words;
  const title =
    packageTitle === undefined ? topics.packages.nameless : foreign(packageTitle, 'name', 'private');
  const [only] = iccids;
  const named: Line =
    only !== undefined && iccids.length === 1 ? [maskIccid(only)] : [orders.esims(iccids.length)];
  const why: Line = status === undefined ? [] : [foreign(status, 'status', 'private')];
  return {
    cells: [
      [foreign(code, 'id', 'private')],
      isTopUp ? topics.packages.topUp(title) : [title],
      iccids.length === 0 ? why : named,
      createdAt === undefined ? [] : [instant(createdAt, 'date')],
    ],
  };
}

/** One eSIM is looked up by its place in the list, several by the code of their order. */
function optionOf({ code, iccids }: AccountOrder, about: OrdersCard['about']): AskAction[] {
  const [first] = iccids;
  if (first === undefined) return [];
  const label = clip(iccids.length === 1 ? `${code} ${maskIccid(first)}` : code, CARD_LIMITS.actionLabel);
  const common = { kind: 'ask', label, style: 'normal' } as const;
  if (iccids.length > 1 && PRESSABLE.test(code)) return [{ ...common, topic: 'order', words: code }];
  return [{ ...common, topic: 'usage', about: about.indexOf(first) }];
}
