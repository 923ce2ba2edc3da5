import { describe, expect, it } from 'vitest';
import { carriedText, wholeText } from '../../../src/platforms/discord/message-text.ts';

const A = '8910000000001000019';
const none = { content: '', embeds: [], components: [], forwarded: [] };

describe('what a Discord message says', () => {
  it('is its text, its embeds, its components and what it forwards, in this order', () => {
    const embed = {
      author: { name: 'Tickets' },
      title: 'Ticket 7',
      description: 'No data',
      fields: [{ name: 'ICCID', value: A }],
      footer: { text: 'sent by mail' },
    };
    const container = {
      type: 17,
      components: [
        { type: 9, components: [{ type: 10, content: `# ${A}` }], accessory: { type: 2, label: 'Open' } },
      ],
    };
    const message = {
      content: 'look',
      embeds: [embed],
      components: [container],
      forwarded: [{ ...none, content: 'forwarded' }],
    };
    expect(wholeText(message).split('\n')).toEqual([
      'look',
      'Tickets',
      'Ticket 7',
      'No data',
      'ICCID',
      A,
      'sent by mail',
      `# ${A}`,
      'Open',
      'forwarded',
    ]);
    expect(carriedText(message)).not.toContain('look');
  });

  it('is nothing where it is not as Discord documents it', () => {
    expect(
      wholeText({ ...none, embeds: [null, 7, { fields: 'x', footer: [] }], components: [[[]], undefined] }),
    ).toBe('');
  });
});
