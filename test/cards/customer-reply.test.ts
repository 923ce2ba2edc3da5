import { describe, expect, it } from 'vitest';
import { customerReply } from '../../src/cards/customer-reply.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { NOW } from '../support/replies.ts';
import { STATES } from '../support/states.ts';

describe('a reply for the customer', () => {
  it.each([
    [
      'With calls and texts',
      /^You have 8\sGB of 10\sGB of data left\.\nYou have 63 of 100\sminutes of calls left\./,
    ],
    ['Running low', /210\sMB of 5\sGB[\s\S]*runs until Dec 4, 2026, 2:00 PM UTC\.\n[\s\S]*add a top-up/],
    ['Past its end', /^Your plan ended on Nov 14, 2026, 2:00 PM UTC\. Ask us for a top-up or a new eSIM/],
    ['Not started', /^Your plan has 3\sGB of data\.\nYour plan has not started yet\./],
    ['Withdrawn', /^This eSIM can no longer be used\./],
    ['An unlimited plan', /^Your plan has unlimited data\./],
  ] as const)('%s', (name, said) => {
    expect(customerReply(STATES[name], { language: 'en', now: NOW })).toMatch(said);
  });

  it('says something in every state and language, without jargon, numbers of eSIMs or marks', () => {
    for (const language of LANGUAGES)
      for (const [name, reading] of Object.entries(STATES)) {
        const said = customerReply(reading, { language, now: NOW });
        expect(said.trim(), name).not.toBe('');
        expect(said, name).not.toMatch(/Airalo|ICCID|SUSPENDED|RECYCLED|[*_`<>…]|\d{15}/);
      }
  });
});
