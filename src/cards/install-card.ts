import { type InstallGuide, type InstallSteps, PHONE_SYSTEMS, type PhoneSystem } from '../domain/details.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Line, PrivateViewer, Span } from './card.ts';
import { ageOf, detailCard, esimTitle, notFoundCard } from './detail-card.ts';
import { iccidFact } from './reading-parts.ts';
import { code, copyable, foreign, link, strong } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/** Steps of one system when both are asked for: enough to begin with, and a button leads to the rest. */
const SHORT = 5;

/** Who asks for which phone, in which language (BCP 47); `about` is the eSIM's place in the message. */
export interface InstallQuestion {
  readonly viewer: PrivateViewer;
  /** Undefined: not said, so both are begun. */
  readonly system: PhoneSystem | undefined;
  /** Of the steps, as Airalo has them; the words around them are in the viewer's. */
  readonly language: string;
  readonly about: number;
  /** The activation code as a QR code, PNG; absent where there is nothing to draw. */
  readonly qr?: Uint8Array;
}

/**
 * How to install an eSIM. For one `system` every step there is; without one the beginning of both. It activates the
 * eSIM, so it is only ever drawn for the person who asked.
 */
export function installCard(
  iccid: Iccid,
  result: DetailResult<InstallGuide>,
  { viewer, system, language, about, qr }: InstallQuestion,
): Card {
  const title = esimTitle('install', iccid, viewer);
  if (result.kind !== 'found') return notFoundCard(result, { title, iccid, viewer });
  const words = wordsFor(viewer.locale);
  const { install } = words.topics;
  const guide = result.value;
  const steps =
    system === undefined
      ? PHONE_SYSTEMS.flatMap((one) => shortSteps(one, guide, words))
      : allSteps(system, guide, words);
  const hasBoth = guide.qrCodeHref !== undefined && steps.length > 0;
  return detailCard({
    title: hasBoth ? install.headline : title,
    lines: [
      ...keyLines(guide, system, words),
      install.secret,
      ...(steps.length === 0 ? [install.none] : steps),
    ],
    facts: iccidFact(iccid, viewer),
    freshness: [install.otherLanguages(code(`install ${system ?? 'ios'} ja`)), ...ageOf(result, viewer)],
    actions: PHONE_SYSTEMS.filter((one) => one !== system).map((one) => ({
      kind: 'ask',
      topic: 'install',
      about,
      words: `${one} ${language}`,
      label: install.systems[one],
      style: 'normal',
    })),
    ...(qr ? { picture: { name: 'qr.png', png: qr, alt: install.qrAlt(maskIccid(iccid)) } } : {}),
  });
}

/** What to press or to copy. */
function keyLines(
  guide: InstallGuide,
  system: PhoneSystem | undefined,
  { topics: { install } }: Words,
): Line[] {
  const { qrCodeHref, appleHref, activationCode } = guide;
  return [
    ...(qrCodeHref === undefined ? [] : [[link(install.qrCode, qrCodeHref)]]),
    ...(appleHref === undefined || system === 'android' ? [] : [[link(install.appleLink, appleHref)]]),
    ...(activationCode === undefined ? [] : [install.activationCode(copyable(activationCode))]),
  ];
}

/** By QR code where there are such steps, since a customer rather scans than types. */
function shortSteps(system: PhoneSystem, guide: InstallGuide, words: Words): Line[] {
  const [first] = ordered(guide, system);
  if (!first) return [];
  const steps = first.byQrCode.length > 0 ? first.byQrCode : first.byHand;
  return section([words.topics.install.systems[system]], steps.slice(0, SHORT));
}

function allSteps(system: PhoneSystem, guide: InstallGuide, words: Words): Line[] {
  const { install } = words.topics;
  return ordered(guide, system).flatMap((phone) => {
    const name = phonesOf(phone, words);
    return [
      ...section([...name, ' · ', install.byQrCode], phone.byQrCode),
      ...section([...name, ' · ', install.byHand], phone.byHand),
      ...section([...name, ' · ', install.network], phone.network),
    ];
  });
}

/** The ordinary phone before those of a maker. */
function ordered({ steps }: InstallGuide, system: PhoneSystem): InstallSteps[] {
  return steps
    .filter((one) => one.system === system)
    .toSorted((left, right) => Number(left.model !== undefined) - Number(right.model !== undefined));
}

function phonesOf({ system, model, version }: InstallSteps, { topics: { install } }: Words): Span[] {
  return [
    ...(model === undefined ? [install.systems[system]] : [foreign(model, 'name', 'private')]),
    ...(version === undefined ? [] : [' (', foreign(version, 'status', 'private'), ')']),
  ];
}

/** A heading and numbered steps; nothing at all without steps. The steps are Airalo's words: foreign. */
function section(heading: readonly Span[], steps: readonly string[]): Line[] {
  if (steps.length === 0) return [];
  const said = heading.map((span) => (typeof span === 'string' ? strong(span) : span));
  return [said, ...steps.map((step, index): Line => [`${index + 1}. `, foreign(step, 'step', 'private')])];
}
