import { z } from 'zod';
import {
  type InstallGuide,
  type InstallSteps,
  PHONE_SYSTEMS,
  type PhoneSystem,
} from '../../domain/details.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { flag, href, listOf, present, text } from './fields.ts';

/** `{"1": "…", "2": "…", "10": "…"}`, in the order of the numbers; a list is taken as well. */
const steps = z
  .union([
    z.array(z.unknown()),
    z.record(z.string(), z.unknown()).transform((numbered) =>
      Object.entries(numbered)
        .sort(([left], [right]) => Number(left) - Number(right))
        .map(([, step]) => step),
    ),
  ])
  .catch([])
  .transform((all) => all.flatMap((one) => text.parse(one) ?? []));

/**
 * One phone system, or one model of it where makers differ. `version` is a list in one text:
 * `13,14,15`.
 */
const entry = z.object({
  model: text,
  version: text,
  installation_via_qr_code: z
    .object({ steps, qr_code_data: text, qr_code_url: href, direct_apple_installation_url: href })
    .partial()
    .catch({}),
  installation_manual: z.object({ steps, smdp_address_and_activation_code: text }).partial().catch({}),
  network_setup: z.object({ steps, apn_type: text, apn_value: text, is_roaming: flag }).partial().catch({}),
});
type Entry = z.infer<typeof entry>;
/** A system without entries is no fault: its section stays empty. */
const entries = listOf(entry).catch([]);
const body = z.object({
  data: z.object({ instructions: z.object({ language: text, ios: entries, android: entries }) }),
});

/** The activation data stands in every entry; an eSIM has one set of it, so the first is taken. */
function parse(given: string): InstallGuide {
  const { instructions } = check(body, given).data;
  const all = PHONE_SYSTEMS.flatMap((system) => instructions[system].map((one) => ({ system, one })));
  const [activationCode] = all.flatMap(
    ({ one }) =>
      one.installation_via_qr_code.qr_code_data ??
      one.installation_manual.smdp_address_and_activation_code ??
      [],
  );
  const [qrCodeHref] = all.flatMap(({ one }) => one.installation_via_qr_code.qr_code_url ?? []);
  const [appleHref] = all.flatMap(
    ({ one }) => one.installation_via_qr_code.direct_apple_installation_url ?? [],
  );
  return {
    steps: all.map(({ system, one }) => stepsOf(system, one)),
    ...present({ language: instructions.language, activationCode, qrCodeHref, appleHref }),
  };
}

/** Steps are plain sentences in the language of the answer, without numbers. */
function stepsOf(system: PhoneSystem, one: Entry): InstallSteps {
  return {
    system,
    byQrCode: one.installation_via_qr_code.steps ?? [],
    byHand: one.installation_manual.steps ?? [],
    network: one.network_setup.steps ?? [],
    ...present({
      model: one.model,
      version: one.version,
      roaming: one.network_setup.is_roaming,
      apn: one.network_setup.apn_value,
    }),
  };
}

/**
 * `GET /v2/sims/{iccid}/instructions` in `language` (BCP 47); Airalo has about fifty. It holds
 * activation data. The answer names the language it came in. Steps are an object by number strings
 * (Airalo's docs), not a list.
 */
export function instructionsQuestion(iccid: Iccid, language: string): DetailQuestion<InstallGuide> {
  return {
    endpoint: 'instructions',
    about: 'esim',
    path: `/v2/sims/${encodeURIComponent(iccid)}/instructions`,
    language,
    largestBytes: 1024 * 1024,
    parse,
  };
}
