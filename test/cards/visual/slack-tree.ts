import { type Ink, slackText } from './markup.ts';
import {
  type SlackBlock,
  type SlackCell,
  type SlackControl,
  type SlackWords,
  slackBlocks,
} from './slack-payload.ts';
import { box, image, type Part, type Style, type Tree } from './tree.ts';

const INK: Ink = {
  code: { fontFamily: 'Mono', fontSize: 12, color: '#c01343', backgroundColor: '#f6f6f6' },
  link: { color: '#1264a3' },
  mention: { color: '#1264a3', backgroundColor: '#e8f5fa' },
};
const COLUMN: Style = { display: 'flex', flexDirection: 'column' };
const TEXT: Style = { display: 'block', fontSize: 15, lineHeight: '22px', whiteSpace: 'pre-wrap' };
const SMALL: Style = { ...TEXT, fontSize: 12, lineHeight: '18px', color: '#616061' };
const LINE = '1px solid #dddddd';

/** A message as Slack's phone app lays it out: one column, the buttons below each other where the row is full. */
export function slackTree(blocks: readonly unknown[]): Tree {
  return box(
    {
      ...COLUMN,
      width: '100%',
      boxSizing: 'border-box',
      padding: '12px 14px',
      gap: 8,
      backgroundColor: '#ffffff',
      color: '#1d1c1d',
      fontFamily: 'Sans, Japanese, Signs',
    },
    ...slackBlocks.parse(blocks).map(blockTree),
  );
}

function blockTree(block: SlackBlock): Tree {
  switch (block.type) {
    case 'header':
      return box({ ...TEXT, fontSize: 18, lineHeight: '24px', fontWeight: 700 }, block.text.text);
    case 'section':
      return box(
        { ...COLUMN, gap: 6 },
        ...(block.text ? [box(TEXT, ...wordParts(block.text))] : []),
        ...block.fields.map((field) => box(TEXT, ...wordParts(field))),
        ...(block.accessory ? [controlRow([block.accessory])] : []),
      );
    case 'context':
      return box({ ...COLUMN, gap: 2 }, ...block.elements.map((one) => box(SMALL, ...wordParts(one))));
    case 'actions':
      return controlRow(block.elements);
    case 'data_table':
    case 'table':
      return box(
        COLUMN,
        ...(block.caption === undefined ? [] : [box(SMALL, block.caption)]),
        ...block.rows.map(rowTree),
      );
    case 'divider':
      return box({ display: 'flex', height: 1, backgroundColor: '#dddddd' });
    case 'image':
      return image(block.image_url, { width: 200, height: 200 });
    default:
      return block satisfies never;
  }
}

function wordParts({ type, text }: SlackWords): Part[] {
  return type === 'mrkdwn' ? slackText(text, INK) : [text];
}

function rowTree(cells: readonly SlackCell[], index: number): Tree {
  return box(
    { display: 'flex', gap: 6, padding: '3px 0', borderBottom: LINE },
    ...cells.map((cell) =>
      box(
        {
          ...TEXT,
          flex: `1 1 ${Math.floor(100 / cells.length)}%`,
          fontSize: 13,
          lineHeight: '18px',
          fontWeight: index === 0 ? 700 : 400,
        },
        cellText(cell),
      ),
    ),
  );
}

function cellText(cell: SlackCell): string {
  if (cell.type === 'raw_text') return cell.text;
  return cell.elements
    .flatMap(({ elements }) => elements)
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type === 'date') return part.fallback;
      return part.type === 'channel' ? `#${part.channel_id}` : `@${part.user_id}`;
    })
    .join('');
}

function controlRow(controls: readonly SlackControl[]): Tree {
  return box({ display: 'flex', flexWrap: 'wrap', gap: 6 }, ...controls.map(controlTree));
}

function controlTree(control: SlackControl): Tree {
  const style: Style = {
    display: 'block',
    padding: '4px 10px',
    border: '1px solid #bbbbbb',
    borderRadius: 4,
    fontSize: 13,
    lineHeight: '18px',
    fontWeight: 700,
  };
  if (control.type === 'overflow') return box(style, '…');
  if (control.type === 'static_select')
    return box({ ...style, fontWeight: 400 }, `${control.placeholder.text} ▾`);
  const paint = { primary: '#007a5a', danger: '#e01e5a' };
  const { text, style: kind } = control;
  if (kind !== 'primary' && kind !== 'danger') return box(style, text.text);
  return box(
    { ...style, backgroundColor: paint[kind], borderColor: paint[kind], color: '#ffffff' },
    text.text,
  );
}
