import { installCard } from '../cards/install-card.ts';
import type { PhoneSystem } from '../domain/details.ts';
import type { Log } from '../log.ts';
import { answerEach, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** Words for a phone, as people type them, in any language. */
const SYSTEMS: ReadonlyMap<string, PhoneSystem> = new Map([
  ['ios', 'ios'],
  ['iphone', 'ios'],
  ['ipad', 'ios'],
  ['apple', 'ios'],
  ['android', 'android'],
  ['samsung', 'android'],
  ['galaxy', 'android'],
  ['pixel', 'android'],
]);
/** Airalo has these apart from their base language; for every other one the base is enough. */
const REGIONAL = ['pt-BR', 'pt-PT', 'es-419', 'zh-CN', 'zh-TW'];

/** What an installation needs beside the details. */
export interface InstallParts extends DetailParts {
  /** PNG. */
  readonly drawQr: (text: string) => Promise<Uint8Array>;
  readonly log: Log;
}

/** `install ICCID`, `install ios ja ICCID`: the steps for the customer's phone, in the customer's language. */
export function createInstallHandler({ details, clock, drawQr, log }: InstallParts): InquiryHandler {
  /** Only what a phone takes for an eSIM. Without the picture the card has the code in words. */
  async function qrOf(code: string | undefined, requestId: string): Promise<{ qr?: Uint8Array }> {
    if (code === undefined || !/^LPA:1\$/i.test(code)) return {};
    try {
      return { qr: await drawQr(code) };
    } catch (error) {
      log.warn({ err: error, requestId }, 'A QR code could not be drawn');
      return {};
    }
  }

  return (inquiry, asking) => {
    const words = inquiry.words.toLowerCase().split(/\s+/u);
    const [system] = words.flatMap((word) => SYSTEMS.get(word) ?? []);
    const [spoken] = words.filter((word) => !SYSTEMS.has(word)).flatMap((word) => languageOf(word) ?? []);
    const language = spoken ?? languageOf(asking.locale) ?? 'en';
    return answerEach('install', inquiry, viewerOf(asking, clock), async (iccid, about) => {
      const result = await details.installation(iccid, language);
      const code = result.kind === 'found' ? result.value.activationCode : undefined;
      const qr = await qrOf(code, asking.requestId);
      return installCard(iccid, result, { viewer: viewerOf(asking, clock), system, language, about, ...qr });
    });
  };
}

/** `de`, `ja-JP`, `pt_BR` as Airalo names languages; undefined for a word that is none. */
function languageOf(word: string): string | undefined {
  if (!/^[a-z]{2}([-_]([a-z]{2}|\d{3}))?$/i.test(word)) return undefined;
  const { language, baseName } = new Intl.Locale(word.replace('_', '-'));
  return REGIONAL.includes(baseName) ? baseName : language;
}
