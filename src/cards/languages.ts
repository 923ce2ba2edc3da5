/**
 * Every language the bot speaks, by the name of its file in `messages/`: a language (`pt`), or a language and region
 * (`pt-BR`) where a region has words of its own. The first is the measure of the others, and what people read whose
 * language is not here.
 */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'ja'] as const;

/** One of `LANGUAGES`. */
export type Language = (typeof LANGUAGES)[number];
