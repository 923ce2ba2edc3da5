import { activationOf } from './activation.ts';

/** Steps in the languages the simulator speaks; Airalo has about fifty. */
const STEPS: Readonly<
  Record<string, { readonly qr: readonly string[]; readonly network: readonly string[] }>
> = {
  en: {
    qr: [
      'Go to Settings.',
      'Tap Add eSIM.',
      'Choose Use QR Code and scan it.',
      'Wait until the eSIM is active.',
    ],
    network: ['Choose the eSIM for mobile data.', 'Turn on Data Roaming.'],
  },
  de: {
    qr: ['Öffne die Einstellungen.', 'Tippe auf eSIM hinzufügen.', 'Wähle QR-Code verwenden und scanne ihn.'],
    network: ['Wähle die eSIM für mobile Daten.', 'Schalte Datenroaming ein.'],
  },
  ja: {
    qr: ['「設定」を開きます。', '「eSIMを追加」をタップします。', 'QRコードを読み取ります。'],
    network: ['モバイルデータ通信にこのeSIMを選びます。', 'データローミングをオンにします。'],
  },
};

/** An object by number strings, as Airalo sends them. */
function numbered(steps: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(steps.map((step, index) => [String(index + 1), step]));
}

/**
 * `GET /v2/sims/{iccid}/instructions` in the language of `acceptLanguage`, or in English. Answers
 * in English when the language is not spoken, and says so in `language`, in capitals as Airalo
 * does. Only the two letters of the language are looked at.
 */
export function instructionsBody(iccid: string, acceptLanguage: string): unknown {
  const wanted = acceptLanguage.slice(0, 2).toLowerCase();
  const [language, said] = wanted in STEPS ? [wanted, STEPS[wanted]] : ['en', STEPS.en];
  const { qr = [], network = [] } = said ?? {};
  const { activationCode, qrCodeUrl, appleUrl } = activationOf(iccid);
  const phone = (more: Readonly<Record<string, string>>) => ({
    model: null,
    version: '17,18',
    installation_via_qr_code: {
      steps: numbered(qr),
      qr_code_data: activationCode,
      qr_code_url: qrCodeUrl,
      ...more,
    },
    installation_manual: {
      steps: numbered(qr.slice(0, 2)),
      smdp_address_and_activation_code: activationCode,
    },
    network_setup: { steps: numbered(network), apn_type: 'automatic', apn_value: null, is_roaming: true },
  });
  return {
    data: {
      instructions: {
        language: language.toUpperCase(),
        ios: [phone({ direct_apple_installation_url: appleUrl })],
        // Two entries: steps for all phones, and those of one maker.
        android: [
          { ...phone({}), version: null },
          { ...phone({}), model: 'Galaxy' },
        ],
      },
    },
    meta: { message: 'success' },
  };
}
