import { z } from 'zod';
import { discordText, type Ink } from './markup.ts';
import { box, image, type Style, type Tree } from './tree.ts';

const picture = z.object({ url: z.string() });
const embeds = z.array(
  z.object({
    title: z.string().optional(),
    color: z.number().optional(),
    description: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    footer: z.object({ text: z.string() }).optional(),
    image: picture.optional(),
    thumbnail: picture.optional(),
  }),
);
/** Two kinds in a row: button and choice. Another does not parse. */
const control = z.discriminatedUnion('type', [
  z.object({ type: z.literal(2), style: z.number(), label: z.string() }),
  z.object({ type: z.literal(3), placeholder: z.string() }),
]);
const rows = z.array(z.object({ type: z.literal(1), components: z.array(control) }));

/** What a message brings, as REST takes it; `files` by name, for the pictures that an embed names. */
export interface DiscordPayload {
  readonly content?: string;
  readonly embeds: unknown;
  readonly components: unknown;
  readonly files: ReadonlyMap<string, string>;
}

const INK: Ink = {
  code: { fontFamily: 'Mono', fontSize: 12, backgroundColor: '#1e1f22' },
  link: { color: '#00a8fc' },
  mention: { color: '#c9cdfb', backgroundColor: '#3c4270' },
};
const COLUMN: Style = { display: 'flex', flexDirection: 'column' };
const TEXT: Style = { display: 'block', fontSize: 14, lineHeight: '20px', whiteSpace: 'pre-wrap' };
const SMALL: Style = { ...TEXT, fontSize: 11, lineHeight: '16px', color: '#949ba4' };
/** By Discord's numbers: primary, secondary, success, danger, link. */
const BUTTONS = ['', '#5865f2', '#4e5058', '#248046', '#da373c', '#4e5058'];

/** A message as Discord's phone app lays it out, dark as most have it. */
export function discordTree(payload: DiscordPayload, locale: string): Tree {
  return box(
    {
      ...COLUMN,
      width: '100%',
      boxSizing: 'border-box',
      padding: '12px 14px',
      gap: 8,
      backgroundColor: '#313338',
      color: '#dbdee1',
      fontFamily: 'Sans, Japanese, Signs',
    },
    ...(payload.content ? textTrees(payload.content, locale) : []),
    ...embeds.parse(payload.embeds).map((embed) => embedTree(embed, payload.files, locale)),
    ...rows.parse(payload.components).map(({ components }) => rowTree(components)),
  );
}

function embedTree(
  { title, color, description, fields, footer, ...pictures }: z.infer<typeof embeds>[number],
  files: ReadonlyMap<string, string>,
  locale: string,
): Tree {
  const shown = [pictures.image, pictures.thumbnail].flatMap((one) => (one ? [one.url] : []));
  return box(
    {
      ...COLUMN,
      gap: 4,
      padding: '8px 12px',
      backgroundColor: '#2b2d31',
      borderLeft: `4px solid #${(color ?? 0x1e1f22).toString(16).padStart(6, '0')}`,
    },
    ...(title === undefined
      ? []
      : [
          box(
            { ...TEXT, fontSize: 16, lineHeight: '22px', fontWeight: 700 },
            ...discordText(title, INK, locale),
          ),
        ]),
    ...(description === undefined ? [] : textTrees(description, locale)),
    ...fields.flatMap(({ name, value }) => [
      box({ ...TEXT, fontWeight: 700 }, ...discordText(name, INK, locale)),
      ...textTrees(value, locale),
    ]),
    ...shown.map((url) => image(fileAt(url, files), { width: 200, height: 200 })),
    ...(footer ? [box(SMALL, footer.text)] : []),
  );
}

function fileAt(url: string, files: ReadonlyMap<string, string>): string {
  const name = url.replace('attachment://', '');
  const found = files.get(name);
  if (found === undefined) throw new Error(`The embed names ${url}, and the message brings no such file`);
  return found;
}

/** Line by line, since `-# ` makes one small; a blank line keeps its height. */
function textTrees(text: string, locale: string): Tree[] {
  return text.split('\n').map((line) => {
    const small = line.startsWith('-# ');
    return box(small ? SMALL : TEXT, ...discordText(small ? line.slice(3) : line || ' ', INK, locale));
  });
}

function rowTree(controls: readonly z.infer<typeof control>[]): Tree {
  return box({ display: 'flex', flexWrap: 'wrap', gap: 6 }, ...controls.map(controlTree));
}

function controlTree(one: z.infer<typeof control>): Tree {
  const style: Style = {
    display: 'block',
    padding: '6px 12px',
    borderRadius: 4,
    fontSize: 13,
    lineHeight: '18px',
  };
  if (one.type === 2)
    return box({ ...style, backgroundColor: BUTTONS[one.style] ?? '', color: '#ffffff' }, one.label);
  return box(
    { ...style, width: '100%', boxSizing: 'border-box', backgroundColor: '#1e1f22', color: '#949ba4' },
    `${one.placeholder} ▾`,
  );
}
