import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line =>
  when === 'now' ? ['agora'] : preposed(when, 'a partir das ', 'a partir de ');

/** See the English section. */
export function topicWords({ number, minutes, counted, either }: Figures): TopicWords {
  const titles = {
    packages: 'Pacotes',
    esim: 'Detalhes',
    topups: 'Recargas',
    install: 'Instalação',
    balance: 'Saldo da Airalo',
    devices: 'Aparelhos',
  } as const;
  return {
    esimTitle: (topic, masked) => `${titles[topic]} do eSIM ${masked}`,
    titles,
    buttons: { packages: 'Pacotes', esim: 'Detalhes', topups: 'Recargas', install: 'Instalar' },
    needsIccid: (example) => ['Qual eSIM? Informe o ICCID: ', example],
    tooMany: (found, most) => [
      `Encontrei ${number(found)} ICCIDs e posso responder a isso para ${number(most)} de cada vez. Envie menos, por favor.`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'A Airalo permite consultar isso de novo ',
          ...at(when),
          '. Pergunte de novo então, por favor: nada chega sozinho.',
        ],
        'airalo-unavailable': [
          'A Airalo não responde no momento. Pergunte de novo ',
          ...at(when),
          ', por favor.',
        ],
        busy: ['Há muitas perguntas a caminho da Airalo. Pergunte de novo ', ...at(when), ', por favor.'],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? ' (recarga): ' : ': ',
        status,
        ...(left === undefined ? [] : [`, ${left}`]),
        ...(startedAt === undefined ? [] : [', início: ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: ', fim: ', ended: ', terminou: ', 'used-up': ', esgotado: ' }[end.kind], end.at]),
      ],
      older: (count) => [`E ${number(count)} mais antigos.`],
      none: ['A Airalo não tem nenhum pacote para este eSIM.'],
      nameless: 'Pacote',
    },
    esim: {
      labels: {
        package: 'Pacote',
        order: 'Pedido',
        ordered: 'Data do pedido',
        note: 'Nota do pedido',
        brand: 'Marca',
        validity: 'Validade',
        data: 'Dados',
        roaming: 'Roaming de dados',
        apn: 'APN',
        withdrawn: 'Retirado',
      },
      days: (count) => counted(count, { one: 'dia', other: 'dias' }),
      roamingOn: 'Precisa estar ativado',
      unbranded: 'Nenhuma',
      sharingLink: 'Abrir a página do eSIM',
      accessCode: (given) => [', código de acesso ', given],
      notShared: ['Não há link de compartilhamento para este eSIM.'],
      secret: ['Com o link e o código é possível ver e instalar este eSIM: entregue-os somente ao cliente.'],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`, ${minutes(calls)}`]),
        ...(messages === undefined
          ? []
          : [`, ${counted(messages, { one: 'mensagem', other: 'mensagens' })}`]),
        ...(netPrice === undefined ? [] : [`; seu preço: ${netPrice}`]),
        ...(price === undefined ? [] : [`; recomendado: ${price}`]),
      ],
      more: (count) => [`E mais ${number(count)}.`],
      none: ['A Airalo não oferece recarga para este eSIM.'],
      pricesHidden: ['Os preços só aparecem para quem pode ver o saldo.'],
      noBuying: [
        'Mostro apenas o que existe; uma recarga é pedida na sua loja ou na Airalo Partner Platform.',
      ],
    },
    install: {
      qrCode: 'Abrir o código QR',
      appleLink: 'Instalar diretamente em um iPhone (iOS 17.4 ou mais novo)',
      activationCode: (given) => ['Código de ativação: ', given],
      systems: { ios: 'iPhone e iPad', android: 'Android' },
      byQrCode: 'com o código QR',
      byHand: 'manualmente',
      network: 'depois de instalar',
      none: ['A Airalo não tem instruções de instalação para este eSIM.'],
      otherLanguages: (example) => ['No idioma do cliente: ', example],
      secret: ['Com isto é possível instalar o eSIM: envie somente ao cliente.'],
    },
    balance: {
      account: 'Disponível',
      none: ['A Airalo não informa nenhuma conta com saldo.'],
      needsGroup: (groupIds) => [
        'Para ver o saldo é preciso ',
        ...either(mentions('group', groupIds, 'outros')),
        '. Fale com um administrador, por favor.',
      ],
      notSetUp: (setting) => [
        'Aqui ninguém pode ver o saldo ainda. O responsável pelo bot pode definir quem com ',
        setting,
        '.',
      ],
      checkFailed: [
        'Não consegui verificar se você pode ver o saldo. Tente de novo em um minuto, por favor.',
      ],
    },
    devices: {
      askModel: (example) => ['Qual telefone ou tablet? Informe o modelo: ', example],
      found: (count, asked) => [
        `A lista da Airalo tem ${counted(count, { one: 'aparelho', other: 'aparelhos' })} para `,
        asked,
        ':',
      ],
      none: (asked) => [
        'A lista da Airalo não tem nenhum aparelho para ',
        asked,
        '. Confira a grafia; um aparelho fora da lista provavelmente não aceita eSIM.',
      ],
      more: (count) => [`E mais ${number(count)}. Informe uma parte maior do nome.`],
      caveat: [
        'O mesmo modelo pode não ter eSIM em alguns países, e um telefone bloqueado não aceita o de outra operadora.',
      ],
    },
    help: (command) => [
      [
        strong('Mais sobre um eSIM: '),
        'escreva ',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        ' antes do número, por exemplo ',
        code(`${command} packages ${ICCID_EXAMPLE}`),
        '.',
      ],
      [
        strong('E ainda: '),
        code('/esim-devices iPhone 13'),
        ' diz se um telefone aceita eSIM, ',
        code('/esim-balance'),
        ' mostra o crédito restante na Airalo.',
      ],
    ],
  };
}
