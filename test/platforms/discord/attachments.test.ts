import { REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchAttachment } from '../../../src/platforms/discord/attachments.ts';
import { messageRequest } from '../../../src/platforms/discord/upload.ts';
import { attachmentPayload, storeFile } from '../../support/discord/attachment-body.ts';
import { type DiscordStandIn, startDiscord } from '../../support/discord/discord.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let discord: DiscordStandIn;
const clock = new ManualClock();
beforeEach(async () => {
  discord = await startDiscord(clock);
});
afterEach(() => discord.close());

function get(url: string, most = 100) {
  return fetchAttachment(clock, { apiUrl: discord.apiUrl }, url, most);
}

describe('a file that a person attached', () => {
  function attach(bytes: Buffer): string {
    const { id } = storeFile(discord.world, 'a.csv', 'text/csv', bytes);
    return attachmentPayload(discord.world, id)[0]?.url ?? '';
  }

  it('is fetched by its signed address, up to the limit', async () => {
    expect(await get(attach(Buffer.from('iccid')))).toMatchObject({
      kind: 'ok',
      bytes: Buffer.from('iccid'),
    });
    expect(await get(attach(Buffer.alloc(101)))).toEqual({ kind: 'too-large' });
  });

  it('is refused without its signature', async () => {
    const [bare = ''] = attach(Buffer.from('x')).split('?');
    expect(await get(bare)).toEqual({ kind: 'refused', error: 'HTTP 404' });
  });

  it.each([
    'https://cdn.discordapp.com.example.org/a.csv',
    'http://cdn.discordapp.com/attachments/1/2/a.csv',
    'http://127.0.0.1:1/a.csv',
  ])('is not fetched from %s', async (url) => {
    expect(await get(url)).toMatchObject({ kind: 'refused', error: expect.stringContaining('servers') });
  });
});

describe('a file of the bot', () => {
  it('comes beside the message, in one call', async () => {
    const anna = discord.people.person('anna');
    const channel = discord.people.directMessages(anna);
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const files = [{ name: 'b.csv', bytes: new Uint8Array(Buffer.from('a,b\n')), type: 'text/csv' }];
    const shown = { content: 'Here', embeds: [], components: [], allowed_mentions: { parse: [] as [] } };
    const attachments = [{ id: 0, filename: 'b.csv', description: 'Answers' }];
    const once = { nonce: '1', enforce_nonce: true };
    const message = await messageRequest({ ...shown, attachments, files }, once);
    await rest.post(Routes.channelMessages(channel.id), message);
    await rest.post(Routes.channelMessages(channel.id), message);
    expect(discord.world.violations).toEqual([]);
    const [posted, second] = discord.fromBot(channel);
    expect(second).toBeUndefined();
    expect(posted?.body).toMatchObject({ content: 'Here', attachments: [{ filename: 'b.csv' }] });
    expect(discord.world.files.get(posted?.body.attachments?.[0]?.id ?? '')?.bytes.toString()).toBe('a,b\n');
  });
});
