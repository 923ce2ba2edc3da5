import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line =>
  when === 'now' ? ['ahora'] : preposed(when, 'a partir de las ', 'a partir del ');

/** See the English section. */
export function topicWords({ number, minutes, counted, either }: Figures): TopicWords {
  const titles = {
    packages: 'Paquetes',
    esim: 'Detalles',
    topups: 'Recargas',
    install: 'Instalación',
    balance: 'Saldo de Airalo',
    devices: 'Dispositivos',
  } as const;
  return {
    esimTitle: (topic, masked) => `${titles[topic]} de la eSIM ${masked}`,
    titles,
    buttons: { packages: 'Paquetes', esim: 'Detalles', topups: 'Recargas', install: 'Instalar' },
    needsIccid: (example) => ['¿Qué eSIM? Por favor, indique su ICCID: ', example],
    tooMany: (found, most) => [
      `He encontrado ${number(found)} ICCID y puedo responder a esto para ${number(most)} a la vez. Por favor, envíe menos.`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'Airalo permite volver a consultar esto ',
          ...at(when),
          '. Por favor, pregunte de nuevo entonces: no llegará nada por sí solo.',
        ],
        'airalo-unavailable': [
          'Airalo no responde en este momento. Por favor, pregunte de nuevo ',
          ...at(when),
          '.',
        ],
        busy: ['Hay muchas preguntas de camino a Airalo. Por favor, pregunte de nuevo ', ...at(when), '.'],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? ' (recarga): ' : ': ',
        status,
        ...(left === undefined ? [] : [`, ${left}`]),
        ...(startedAt === undefined ? [] : [', inicio: ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: ', fin: ', ended: ', terminó: ', 'used-up': ', agotado: ' }[end.kind], end.at]),
      ],
      older: (count) => [`Y ${number(count)} más antiguos.`],
      none: ['Airalo no tiene ningún paquete para esta eSIM.'],
      nameless: 'Paquete',
    },
    esim: {
      labels: {
        package: 'Paquete',
        order: 'Pedido',
        ordered: 'Fecha del pedido',
        note: 'Nota del pedido',
        brand: 'Marca',
        validity: 'Validez',
        data: 'Datos',
        roaming: 'Itinerancia de datos',
        apn: 'APN',
        withdrawn: 'Retirada',
      },
      days: (count) => counted(count, { one: 'día', other: 'días' }),
      roamingOn: 'Debe estar activada',
      unbranded: 'Ninguna',
      sharingLink: 'Abrir la página de la eSIM',
      accessCode: (given) => [', código de acceso ', given],
      notShared: ['No hay enlace para compartir esta eSIM.'],
      secret: ['Con el enlace y el código se puede ver e instalar esta eSIM: déselos únicamente al cliente.'],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`, ${minutes(calls)}`]),
        ...(messages === undefined ? [] : [`, ${counted(messages, { one: 'mensaje', other: 'mensajes' })}`]),
        ...(netPrice === undefined ? [] : [`; su precio: ${netPrice}`]),
        ...(price === undefined ? [] : [`; recomendado: ${price}`]),
      ],
      more: (count) => [`Y ${number(count)} más.`],
      none: ['Airalo no ofrece recargas para esta eSIM.'],
      pricesHidden: ['Los precios solo se muestran a quienes pueden consultar el saldo.'],
      noBuying: ['Solo muestro lo que hay; una recarga se pide en su tienda o en Airalo Partner Platform.'],
    },
    install: {
      qrCode: 'Abrir el código QR',
      appleLink: 'Instalar directamente en un iPhone (iOS 17.4 o posterior)',
      activationCode: (given) => ['Código de activación: ', given],
      systems: { ios: 'iPhone y iPad', android: 'Android' },
      byQrCode: 'con el código QR',
      byHand: 'a mano',
      network: 'después de instalar',
      none: ['Airalo no tiene instrucciones de instalación para esta eSIM.'],
      otherLanguages: (example) => ['En el idioma del cliente: ', example],
      secret: ['Con esto se puede instalar la eSIM: envíelo únicamente al cliente.'],
    },
    balance: {
      account: 'Disponible',
      none: ['Airalo no indica ninguna cuenta con saldo.'],
      needsGroup: (groupIds) => [
        'Para consultar el saldo hace falta ',
        ...either(mentions('group', groupIds, 'otros')),
        '. Por favor, hable con un administrador.',
      ],
      notSetUp: (setting) => [
        'Aquí todavía nadie puede consultar el saldo. El responsable del bot puede indicar quién con ',
        setting,
        '.',
      ],
      checkFailed: [
        'No pude comprobar si se le permite consultar el saldo. Por favor, inténtelo en un minuto.',
      ],
    },
    devices: {
      askModel: (example) => ['¿Qué teléfono o tableta? Por favor, indique el modelo: ', example],
      found: (count, asked) => [
        `La lista de Airalo tiene ${counted(count, { one: 'dispositivo', other: 'dispositivos' })} para `,
        asked,
        ':',
      ],
      none: (asked) => [
        'La lista de Airalo no tiene ningún dispositivo para ',
        asked,
        '. Por favor, compruebe cómo está escrito; un dispositivo que no está en la lista probablemente no admite eSIM.',
      ],
      more: (count) => [`Y ${number(count)} más. Por favor, indique más del nombre.`],
      caveat: [
        'El mismo modelo puede no tener eSIM en algunos países, y un teléfono bloqueado no admite la de otro operador.',
      ],
    },
    help: (command) => [
      [
        strong('Más sobre una eSIM: '),
        'escriba ',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        ' antes del número, por ejemplo ',
        code(`${command} packages ${ICCID_EXAMPLE}`),
        '.',
      ],
      [
        strong('Además: '),
        code('/esim-devices iPhone 13'),
        ' dice si un teléfono admite eSIM, ',
        code('/esim-balance'),
        ' muestra el crédito de Airalo que queda.',
      ],
    ],
  };
}
