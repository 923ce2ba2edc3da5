import { A, B, type Case } from './case.ts';

type Payload = Readonly<Record<string, unknown>>;
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const rich = (...elements: Payload[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

/** Parts of Slack messages whose own text is empty. */
export const SLACK: readonly Case<Payload>[] = [
  [
    'hermes-agent#96384: a forward',
    { attachments: [{ is_share: true, is_msg_unfurl: true, text: `No data: ${A}` }] },
    [A],
  ],
  [
    'java-slack-sdk#1179: a forward in message_blocks alone',
    {
      attachments: [
        { is_msg_unfurl: true, message_blocks: [{ message: { blocks: [rich({ type: 'text', text: A })] } }] },
      ],
    },
    [A],
  ],
  ['claude-plugins#1411: an alert in blocks', { blocks: [section(`*SIM* ${A}`)] }, [A]],
  [
    'openclaw#32650: an old integration, with a fallback alone',
    { attachments: [{ fallback: `Ticket 7: ${A}` }] },
    [A],
  ],
  [
    'fields of a ticket bot',
    {
      attachments: [
        {
          title: 'Ticket 7',
          fields: [
            { title: 'ICCID', value: A },
            { title: 'Old', value: B },
          ],
        },
      ],
    },
    [A, B],
  ],
  [
    'fields of a section',
    {
      blocks: [
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*ICCID*' },
            { type: 'mrkdwn', text: A },
          ],
        },
      ],
    },
    [A],
  ],
  ['a context line', { blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: A }] }] }, [A]],
  [
    'a table',
    {
      blocks: [
        { type: 'table', rows: [[{ type: 'raw_text', text: 'ICCID' }], [{ type: 'raw_text', text: A }]] },
      ],
    },
    [A],
  ],
  [
    'a number in two styles',
    {
      blocks: [
        rich(
          { type: 'text', text: A.slice(0, 7), style: { bold: true } },
          { type: 'text', text: A.slice(7) },
        ),
      ],
    },
    [A],
  ],
  ['blocks within an attachment', { attachments: [{ color: '#f00', blocks: [section(A)] }] }, [A]],
];

/** Parts of Discord messages whose own text is empty. */
export const DISCORD: readonly Case<Payload>[] = [
  [
    'discord.js#10872: a forward',
    {
      message_reference: { type: 1, channel_id: '1', message_id: '2' },
      message_snapshots: [{ message: snapshot({ content: `No data: ${A}` }) }],
    },
    [A],
  ],
  [
    'hybridclaw#1521: a forwarded card',
    {
      message_reference: { type: 1, channel_id: '1', message_id: '2' },
      message_snapshots: [{ message: snapshot({ embeds: [{ type: 'rich', description: A }] }) }],
    },
    [A],
  ],
  [
    'claude-plugins#1572: an alarm in an embed',
    { embeds: [{ type: 'rich', title: 'Ticket', fields: [{ name: 'ICCID', value: A, inline: true }] }] },
    [A],
  ],
  ['a footer', { embeds: [{ type: 'rich', title: 'Ticket', footer: { text: A } }] }, [A]],
  [
    'discord-mcp#61: a card of Components V2',
    {
      flags: 32_768,
      components: [
        {
          type: 17,
          id: 1,
          components: [
            {
              type: 9,
              id: 2,
              components: [{ type: 10, id: 3, content: `# ${A}` }],
              accessory: { type: 2, id: 4, style: 5, label: 'Open', url: 'https://example.test' },
            },
          ],
        },
      ],
    },
    [A],
  ],
];

function snapshot(content: Payload): Payload {
  return {
    type: 0,
    content: '',
    embeds: [],
    attachments: [],
    timestamp: '2026-11-23T14:00:00Z',
    edited_timestamp: null,
    flags: 0,
    mentions: [],
    mention_roles: [],
    components: [],
    ...content,
  };
}
