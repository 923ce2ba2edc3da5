import { describe, expect, it } from 'vitest';
import { captureLog } from './support/log-capture.ts';

const ICCID = '8910000000001000019';

describe('the log', () => {
  it('masks an ICCID wherever it stands: field, message, error, cause', () => {
    const { log, text } = captureLog();
    log.info({ iccid: ICCID, deep: { list: [`x ${ICCID}F`] } }, `asked for ${ICCID}`);
    log.error({ err: new Error(`no ${ICCID}`, { cause: new Error(`cause ${ICCID}`) }) });
    expect(text()).not.toContain(ICCID);
    expect(text().match(/…0019/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it('keeps what a platform has numbered, which has as many digits: who asked, where, and the reference of the question', () => {
    const { log, text } = captureLog();
    const ids = {
      requestId: '1180000000000000047',
      asker: 'discord:1180000000000000001:1180000000000000002',
    };
    log.info({ ...ids, place: '1180000000000000003', iccid: ICCID }, `{"requestId":"${ICCID}"}`);
    for (const digits of ['47', '01', '02', '03']) expect(text()).toContain(`11800000000000000${digits}`);
    expect(text()).not.toContain(ICCID);
  });

  it.each([
    ['a bot token', 'xoxb-12-34-abcdEF'],
    ['an app token', 'xapp-1-A1-2-abc'],
    ['a bearer token', 'Bearer eyJ0eXAi.abc.def'],
    ['a response URL', 'https://hooks.slack.com/commands/T1/2/secretpart'],
    [
      'an interaction token',
      'https://discord.com/api/v10/webhooks/112233445566778899/aW50ZXJhY3Rpb246MTIzNDU2Nzg5/messages',
    ],
  ])('removes %s from free text', (_what, secret) => {
    const { log, text } = captureLog();
    log.warn(`failed at ${secret}`);
    expect(text()).toContain('[secret]');
    for (const part of ['abcdEF', 'A1-2-abc', 'eyJ0eXAi', 'secretpart', 'aW50ZXJhY3Rpb24'])
      expect(text()).not.toContain(part);
  });

  it('removes the values of secret fields at any of three depths', () => {
    const { log, text } = captureLog();
    log.info({ routes: { url: 'u1' }, address: { routes: 'r2' }, job: { address: { responseUrl: 'r3' } } });
    expect(text()).not.toMatch(/u1|r2|r3/);
  });

  it('keeps of an error its name, code, message and remedy, and none of its other properties', () => {
    const { log, lines } = captureLog();
    const error = Object.assign(new Error('no'), { code: 'X', url: 'https://x/y', requestBody: 'b' });
    log.error({ err: error });
    expect(lines()[0]?.err).toMatchObject({ name: 'Error', code: 'X', message: 'no' });
    expect(JSON.stringify(lines())).not.toMatch(/https:|requestBody/);
  });
});
