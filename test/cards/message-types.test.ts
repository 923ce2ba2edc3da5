import { expect, it } from 'vitest';
import { messageTypes } from '../support/message-types.ts';

it('the types of the arguments are those of the English messages (else: npm run messages)', async () => {
  await expect(messageTypes()).toMatchFileSnapshot('../../src/cards/message-arguments.ts');
});
