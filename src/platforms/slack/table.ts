import type { DataTableBlock, RichTextBlock, RichTextElement, SectionBlock, TableBlock } from '@slack/types';
import type { Line, Span, Table } from '../../cards/card.ts';
import { type PlainTextOptions, plainLine, rowLines, rowMark, rowSign } from '../../cards/plain-text.ts';
import { unbrokenEnds } from '../../cards/spans.ts';
import { cut, SLACK_LIMITS } from './limits.ts';
import { DATE_FORMS, mrkdwnLine } from './mrkdwn.ts';

/** How a table is drawn, the best first: not every workspace takes the newer blocks yet. */
export const TABLE_FORMS = ['data_table', 'table', 'lines'] as const;
/** See `TABLE_FORMS`. */
export type TableForm = (typeof TABLE_FORMS)[number];
/** The blocks a table may become. */
export type TableBlocks = DataTableBlock | TableBlock | SectionBlock;

type Cell = { type: 'raw_text'; text: string } | RichTextBlock;

/**
 * A table in one of its forms; the sign of each row stands before its first cell. At most 99 rows beside the heading
 * in the two real tables (Slack's docs): the cards keep far below.
 */
export function tableBlocks(table: Table, form: TableForm, options: PlainTextOptions): TableBlocks[] {
  switch (form) {
    case 'data_table':
      return [
        {
          type: 'data_table',
          caption: table.caption,
          rows: cellsOf(table, options),
          // Five would be shown otherwise, and the rest behind a click.
          page_size: Math.max(1, Math.min(SLACK_LIMITS.tableRows, table.rows.length)),
        },
      ];
    case 'table':
      return [
        {
          type: 'table',
          rows: cellsOf(table, options).slice(0, SLACK_LIMITS.tableRows),
          column_settings: table.columns.map(({ align }) => ({
            align: align === 'number' ? 'right' : 'left',
          })),
        },
      ];
    case 'lines':
      return lineBlocks(table, options);
    default:
      return form satisfies never;
  }
}

/** The first row names the columns (Slack's docs, data table block). */
function cellsOf({ columns, rows }: Table, options: PlainTextOptions): Cell[][] {
  const head = columns.map(({ label }) => cellOf([label], options));
  const body = rows
    .slice(0, SLACK_LIMITS.tableRows - 1)
    .map((row) =>
      row.cells.map((cell: Line, place) =>
        cellOf([...(place === 0 ? [rowSign(row)] : []), ...cell], options),
      ),
    );
  return [head, ...body];
}

/** Slack refuses an empty cell. Instants and mentions are drawn by the reader's client, the rest is plain text. */
function cellOf(line: Line, options: PlainTextOptions): Cell {
  if (line.some(isDrawn)) {
    const elements = line.filter((span) => span !== '').map((span) => richElement(span, options));
    return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
  }
  const text = unbrokenEnds(plainLine(line, options));
  return { type: 'raw_text', text: cut(text.trim() === '' ? '–' : text, SLACK_LIMITS.fieldText) };
}

const isDrawn = (span: Span) =>
  typeof span === 'object' && ['instant', 'channel', 'group', 'person'].includes(span.kind);

/** Nothing of it is read as markup (Slack's docs, Rich text block). */
function richElement(span: Span, options: PlainTextOptions): RichTextElement {
  const text = unbrokenEnds(plainLine([span], options));
  if (typeof span === 'string') return { type: 'text', text };
  switch (span.kind) {
    case 'instant': {
      const timestamp = Math.floor(span.at / 1000);
      return { type: 'date', timestamp, format: DATE_FORMS[span.style], fallback: text };
    }
    case 'channel':
      return { type: 'channel', channel_id: span.id };
    case 'group':
      return { type: 'usergroup', usergroup_id: span.id };
    case 'person':
      return { type: 'user', user_id: span.id };
    case 'away':
    case 'code':
    case 'foreign':
    case 'link':
    case 'strong':
      return { type: 'text', text: text === '' ? '–' : text };
    default:
      return span satisfies never;
  }
}

/** As many lines a section as it holds whole: one that is cut in the middle of a number would tell a wrong one. */
function lineBlocks(table: Table, options: PlainTextOptions): SectionBlock[] {
  const lines = rowLines(table).map((line, row) => `${rowMark(table.rows[row])}${mrkdwnLine(line, options)}`);
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || longer.length > SLACK_LIMITS.sectionText) texts.push(line);
    else texts[texts.length - 1] = longer;
  }
  return texts.map((text) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: cut(text, SLACK_LIMITS.sectionText) },
  }));
}
