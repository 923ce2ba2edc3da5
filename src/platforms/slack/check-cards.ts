import { readFile } from 'node:fs/promises';
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';
import { CLIENT_OPTIONS, callSlack, type SlackClient, type SlackResult } from './web.ts';

/** Every kind of card as Slack gets it, written by the renderers (`npm run cards`). */
const GALLERY = new URL('../../../manifests/slack-cards.json', import.meta.url);
/** Slack's docs: "special rate limits apply", without a figure. A card is asked about so many times. */
const MAX_TRIES = 5;

const gallery = z.array(
  z.object({
    card: z.string(),
    /** The best first; a later one is sent where a workspace refuses those before. Each is the method's one argument. */
    forms: z.array(z.record(z.string(), z.unknown())).min(1),
  }),
);
type Form = z.infer<typeof gallery>[number]['forms'][number];

/** How the Web API client hands on what the validator says (Slack's docs, blocks.validate). */
const refusal = z.object({
  data: z.object({
    error: z.enum(['invalid_blocks', 'invalid_message', 'invalid_view']),
    errors: z
      .array(z.object({ pointer: z.string().default(''), message: z.string().default('') }))
      .default([]),
  }),
});

/**
 * Sends every card to Slack's own validator (`blocks.validate`; no scope needed, nobody sees anything) and names those it refuses, with
 * what it says of them. A card that is refused in its newest form alone is a warning: the bot sends an older one there.
 */
export async function checkSlackCards(
  { botToken, apiUrl }: Pick<SlackSettings, 'botToken' | 'apiUrl'>,
  clock: Clock,
): Promise<Finding[]> {
  const client = new webApi.WebClient(botToken, {
    ...CLIENT_OPTIONS,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logLevel: webApi.LogLevel.ERROR,
  });
  const cards = gallery.parse(JSON.parse(await readFile(GALLERY, 'utf8')));
  const findings: Finding[] = [];
  for (const { card, forms } of cards) {
    const found = await checkCard(client, clock, card, forms);
    if (found?.over) return [...findings, found.finding];
    if (found) findings.push(found.finding);
  }
  const refused = findings.filter(({ level }) => level === 'error').length;
  return [
    { level: 'ok', what: `Slack takes ${cards.length - refused} of ${cards.length} kinds of card` },
    ...findings,
  ];
}

/** Undefined for a card that is taken as it is. `over`: of the others nothing can be learnt either. */
async function checkCard(
  client: SlackClient,
  clock: Clock,
  card: string,
  forms: readonly Form[],
): Promise<{ readonly finding: Finding; readonly over?: true } | undefined> {
  const refused: string[] = [];
  for (const form of forms) {
    const result = await validate(client, clock, form);
    if (result.kind !== 'ok') {
      const what = `not checked from "${card}" on: ${result.error}`;
      const remedy = result.kind === 'operator' ? result.remedy : 'Ask the doctor again in some minutes';
      return { finding: { level: 'error', what, remedy }, over: true };
    }
    if (result.value === undefined) break;
    refused.push(result.value);
  }
  const [best] = refused;
  if (best === undefined) return undefined;
  if (refused.length < forms.length) {
    const what = `"${card}": this workspace does not take the newest form, so an older one is sent (${best})`;
    return { finding: { level: 'warning', what } };
  }
  const remedy = 'Report it with the version: it is a fault of the bot';
  return { finding: { level: 'error', what: `Slack refuses "${card}": ${best}`, remedy } };
}

/** What is wrong with it; undefined when nothing is. Waits as Slack asks. */
async function validate(
  client: SlackClient,
  clock: Clock,
  form: Form,
): Promise<SlackResult<string | undefined>> {
  for (let tries = 1; ; tries++) {
    const result = await callSlack(clock, async () => {
      try {
        await client.apiCall('blocks.validate', form);
        return undefined;
      } catch (error) {
        const said = refusal.safeParse(error).data?.data;
        if (!said) throw error;
        return [said.error, ...said.errors.map(({ pointer, message }) => `${pointer} ${message}`)].join('; ');
      }
    });
    if (result.kind !== 'retry' || tries === MAX_TRIES) return result;
    if (result.notBefore !== undefined) await clock.sleep(result.notBefore - clock.now());
  }
}
