import { A, B, type Case } from './case.ts';

/** What people paste, by public issue threads: the kind of the fault is theirs, every number and name is made up. */
export const THREAD_TEXTS: readonly Case<string>[] = [
  [
    'QuickSpot/walter-arduino#126: the number of the chip beside it',
    `+SQNCCID: "${A}","89049032000001000000012345678901"`,
    [A],
  ],
  ['the number of the chip in groups is no eSIM', 'EID 8904 9032 0000 0100 0000 0123 4567 8901', []],
  ['the chip’s number and the eSIM’s in one line', `89049032 00000100 00000123 45678901 / ${A}`, [A]],
  ['arduino-libraries/MKRNB#5: the answer of a modem', `AT+CCID\r\n\r\n+CCID: ${A}\r\n\r\nOK`, [A]],
  ['MddIdd/mdd-sim-gateway#69: a filler for each missing digit', `${A.slice(0, 18)}FF`, [A.slice(0, 18)]],
  ['M66B/XPrivacy#222: twenty digits', '89100000000010000191', ['89100000000010000191']],
  ['bifravst/e118-iin-list#154: half of it blacked out', '89100000000010XXXXXX', []],
  ['jackocnr/intl-tel-input#2105: typed on a Persian keyboard', `سیم ۸۹۱۰۰۰۰۰۰۰۰۰۱۰۰۰۰۱۹ است`, [A]],
  ['catamphetamine/libphonenumber-js#141: a plus before Arabic digits', '+٨٩١٠٠٠٠٠٠٠٠٠١٠٠٠٠١٩', [A]],
  ['medic/cht-core#7654: joiners in Devanagari', '८९१०\u200c००००\u200d००००१००००१९', [A]],
  ['apache/commons-validator#380: full-width digits among plain ones', '8910０００00000１００００19', [A]],
  ['enketo/enketo-core#972: Bengali digits', '৮৯১০০০০০০০০০১০০০০১৯', [A]],
  ['bowenliang123/markdown-exporter#73: a table of Markdown', `| iccid |\n|------:|\n| ${A} |`, [A]],
  ['huanz/tableExport#4: low digits made zeros', '8,910,000,000,001,230,000', []],
  ['hhurz/tableExport.jquery.plugin#103: a unit separator before it', `\u001f${A}`, [A]],
  ['RangeNetworks/dev#22: an IMEI and its eSIM', `490154203237510 ${A}`, [A]],
  ['Automattic/camptix#40: a phone number in E notation beside it', `4.41E+11 ${A}`, [A]],
  ['docker/cli#3630: quotes of an env file', `ICCID="${A}"`, [A]],
  ['an address, with its escapes', `https://shop.example.test/?q=iccid%3A${A}%20&x=1`, [A]],
  ['a path', `https://shop.example.test/esims/${A}?tab=usage`, [A]],
  ['a line of a log', `2026-11-23T14:20:05.123456789Z level=warn iccid=${A} imsi=001010123456789`, [A]],
  ['JSON', `{"iccid":"${A}","lpa":"LPA:1$rsp.example.test$X","id":81234}`, [A]],
  ['JSON with a bare number', `{"iccid":${A},"order":1}`, [A]],
  ['a card number beside it', `4111 1111 1111 1111, ${A}`, [A]],
  ['a bank account is none', 'DE89 3704 0044 0532 0130 00', []],
  ['glued to a label', `eSIM${A}`, [A]],
  ['two written in groups, one after the other', '8910 0000 0000 1000 019 8910 0000 0000 1000 035', [A, B]],
  ['ids of Discord around it', `<@123456789012345678> <:sim:123456789012345679> ${A} <t:1764000000:R>`, [A]],
  [
    'an address of Discord’s files',
    `https://media.discordapp.net/attachments/123456789012345678/1 ${A}`,
    [A],
  ],
  ['keycaps', [...A].map((digit) => `${digit}\ufe0f\u20e3`).join(''), [A]],
];

/** Lists, in the same way. */
export const THREAD_FILES: readonly Case<string>[] = [
  [
    'Clever/csvlint#37: a mark of UTF-8 before a quoted heading',
    `\uFEFF"iccid","order"\n"${A}","1"\n"${B}","2"\n`,
    [A, B],
  ],
  [
    'melihbirim/csvql#103: a mark, and the first column is the one',
    `\uFEFFiccid,n\n${A},1\n${B},2\n`,
    [A, B],
  ],
  ['adaltas/node-csv-parse#300: quotes within a field', `name,iccid\nthe "big" one,${A}\nx,${B}\n`, [A, B]],
  ['adaltas/node-csv-parse#250: tabs', `col1\ticcid\n1\t${A}\n2\t${B}\n`, [A, B]],
  [
    'Dokuly-PLM/dokuly#149: semicolons, and commas in the fields',
    `a;iccid;price\nx, y;${A};4,50\nz;${B};1\n`,
    [A, B],
  ],
  [
    'hhurz/tableExport.jquery.plugin#327: a unit separator before each',
    `iccid\n\u001f${A}\n\u001f${B}\n`,
    [A, B],
  ],
  [
    'bowenliang123/markdown-exporter#73: padded columns of Markdown',
    `|   iccid |   n |\n|------:|------:|\n|   ${A} |   1 |\n|   ${B} |   2 |\n`,
    [A, B],
  ],
  ['Automattic/camptix#40: an apostrophe in quotes', `iccid\n"'${A}"\n"'${B}"\n`, [A, B]],
  [
    'MicrosoftDocs/OfficeDocs-Support#622: a formula of text',
    `iccid\n"=T(""${A}"")"\n"=T(""${B}"")"\n`,
    [A, B],
  ],
  ['a whole line in one cell', `"iccid;order"\n"${A};1"\n"${B};2"\n`, [A, B]],
  ['a list as JSON lines', `{"iccid":"${A}"}\n{"iccid":"${B}"}\n`, [A, B]],
  ['columns of fixed width', `ICCID                 ORDER\n${A}   1001\n${B}   1002\n`, [A, B]],
  ['a heading in the middle, as files put together have it', `iccid,o\n${A},1\niccid,o\n${B},2\n`, [A, B]],
  ['a row of totals', `iccid,mb\n${A},100\n${B},200\nTotal,300\n`, [A, B]],
  [
    'the chip’s number and the subscriber’s before it',
    `EID,IMSI,ICCID\n89049032000001000000012345678901,001010123456789,${A}\n89049032000001000000012345678902,001010123456780,${B}\n`,
    [A, B],
  ],
  ['two tables in one file', `orders\nid,total\n1,2\n\nesims\niccid,status\n${A},ACTIVE\n${B},x\n`, [A, B]],
];

type Payload = Readonly<Record<string, unknown>>;
const share = (message: Payload) => ({ attachments: [{ is_share: true, message_blocks: [{ message }] }] });

/** Parts of Slack messages whose own text is empty. */
export const THREAD_SLACK: readonly Case<Payload>[] = [
  ['errbotio/errbot#938: a pretext alone', { attachments: [{ fallback: `!${A}`, pretext: `!${A}` }] }, [A]],
  [
    'moazbuilds/claudeclaw#211: an alert with fields',
    { attachments: [{ title: 'Alert', text: 'no data', fields: [{ title: 'Result', value: `:x: ${A}` }] }] },
    [A],
  ],
  [
    'slackapi/slack-skills-plugin#24: a quote that begins with nothing',
    {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_quote',
              elements: [
                { type: 'text', text: '' },
                { type: 'text', text: A },
              ],
            },
          ],
        },
      ],
    },
    [A],
  ],
  [
    'korotovsky/slack-mcp-server#191: a mail to the channel',
    {
      files: [
        {
          id: 'F1',
          mode: 'email',
          filetype: 'email',
          mimetype: 'text/html',
          subject: 'No data',
          plain_text: `My eSIM is ${A}`,
        },
      ],
    },
    [A],
  ],
  [
    'slack-go/slack#1521: a mail of which only the beginning is told',
    { files: [{ id: 'F1', filetype: 'email', preview_plain_text: A }] },
    [A],
  ],
  ['openclaw#9963: a forward’s own text', share({ text: `No data: ${A}` }), [A]],
  [
    'openclaw#32650: a forward of a bot’s attachment',
    share({ text: '', attachments: [{ fallback: A }] }),
    [A],
  ],
  [
    'ColeMurray/background-agents#1143: a forward within a forward',
    { attachments: [{ is_share: true, attachments: [{ is_share: true, text: A }] }] },
    [A],
  ],
  [
    'a title that leads to it',
    { attachments: [{ title: 'eSIM', title_link: `https://shop.example.test/${A}` }] },
    [A],
  ],
  [
    'a block of a kind that nobody knows yet',
    { blocks: [{ type: 'new_thing', words: { type: 'plain_text', text: A } }] },
    [A],
  ],
  [
    'a container',
    {
      blocks: [{ type: 'container', child_blocks: [{ type: 'section', text: { type: 'mrkdwn', text: A } }] }],
    },
    [A],
  ],
];

/** Parts of Discord messages whose own text is empty. */
export const THREAD_DISCORD: readonly Case<Payload>[] = [
  [
    'AlaskanTuna/Rokabot#104: a forward of a container',
    {
      message_reference: { type: 1, channel_id: '1', message_id: '2' },
      message_snapshots: [
        {
          message: {
            type: 0,
            content: '',
            embeds: [],
            attachments: [],
            timestamp: '2026-11-23T14:00:00Z',
            edited_timestamp: null,
            flags: 32_768,
            mentions: [],
            mention_roles: [],
            components: [{ type: 17, id: 1, components: [{ type: 10, id: 2, content: A }] }],
          },
        },
      ],
    },
    [A],
  ],
  [
    'Discord.Net#2499: a menu of a bot',
    {
      components: [
        {
          type: 1,
          id: 1,
          components: [
            { type: 3, id: 2, custom_id: 'm', placeholder: 'Which?', options: [{ label: A, value: 'x' }] },
          ],
        },
      ],
    },
    [A],
  ],
  [
    'a button that leads to it',
    {
      components: [
        {
          type: 1,
          id: 1,
          components: [{ type: 2, id: 2, style: 5, label: 'Open', url: `https://shop.example.test/${A}` }],
        },
      ],
    },
    [A],
  ],
  [
    'an author’s address',
    { embeds: [{ type: 'rich', author: { name: 'Shop', url: `https://shop.example.test/${A}` } }] },
    [A],
  ],
];
