import type { Figures } from '../../figures.ts';
import type { BulkWords } from '../en/bulk.ts';

/** The words about lists in Spanish. */
export function bulkWords({ number, counted }: Figures): BulkWords {
  const rows = (count: number) => counted(count, { one: 'fila', other: 'filas' });
  const next = (until: string | undefined) =>
    until === undefined ? '' : `; se puede obtener una nueva desde ${until}`;
  const readable = (until: string | undefined) =>
    until === undefined ? '' : `; se puede leer desde ${until}`;
  return {
    title: 'Lista de eSIM',
    label: 'Leídas',
    progress: (done, total) => `${number(done)} de ${number(total)}`,
    minutesLeft: (minutes) =>
      minutes === 0 ? ['Queda menos de un minuto.'] : [`Quedan unos ${number(minutes)} min.`],
    waiting: (count, until) => [
      `Airalo pide esperar para ${number(count)} eSIM; todas se podrán leer a las `,
      until,
      '.',
    ],
    comesHere: ['La respuesta llegará aquí como CSV. No hace falta que espere.'],
    cancel: 'Cancelar',
    taking: ['Leyendo su lista…'],
    inDirectMessage: ['La respuesta a esa lista llega en nuestro mensaje directo.'],
    finished: (count) => [
      `Su lista: ${counted(count, { one: 'fila respondida', other: 'filas respondidas' })}.`,
    ],
    counts: {
      read: (count) => counted(count, { one: 'leída', other: 'leídas' }),
      older: (count) => `${number(count)} con una lectura anterior`,
      unknown: (count) =>
        counted(count, { one: 'desconocida para Airalo', other: 'desconocidas para Airalo' }),
      unread: (count) => `${number(count)} sin poder leerse`,
      invalid: (count) => `${rows(count)} sin ICCID`,
      repeated: (count) => counted(count, { one: 'repetición omitida', other: 'repeticiones omitidas' }),
      elsewhere: (count) =>
        counted(count, { one: 'ICCID de otra columna omitido', other: 'ICCID de otra columna omitidos' }),
    },
    cancelled: (done, total) => [
      `Cancelada tras ${number(done)} de ${number(total)}. `,
      'Lo leído se conserva: envíe la lista de nuevo para continuar desde ahí.',
    ],
    unsent: [
      'Su lista está leída, pero el archivo no se pudo enviar aquí. El operador del bot puede ver el motivo en el registro; ',
      'lo leído se conserva, así que envíe la lista de nuevo más tarde.',
    ],
    refusals: {
      spreadsheet: ['Es una hoja de cálculo. Guárdela como CSV y envíe ese archivo, por favor.'],
      'not-text': ['Ese archivo no contiene texto. Envíe un CSV, por favor.'],
      'no-iccids': [
        'No encuentro ningún ICCID en ese archivo. Necesita una columna con ellos: de 18 a 22 dígitos cada uno, con el encabezado ICCID o sin encabezado.',
      ],
      'digits-lost': [
        'Una hoja de cálculo ha redondeado los ICCID de ese archivo (8,94E+18 o ceros al final): se han perdido los últimos dígitos. ',
        'Dé formato de texto a la columna antes de introducir los números y vuelva a exportarla, por favor.',
      ],
      'other-file': ['Solo puedo leer listas en CSV. Para una sola eSIM, escríbame su número.'],
      'several-files': ['Envíe las listas de una en una, por favor.'],
      'only-in-direct-message': [
        'Envíeme la lista por mensaje directo, por favor: aquí otras personas verían los números.',
      ],
      'not-fetched': ['No he podido descargar ese archivo. Envíelo de nuevo dentro de un minuto, por favor.'],
      'one-at-a-time': ['Su última lista aún no ha terminado. Espere a que termine o cancélela, por favor.'],
      'not-stored': ['No he podido guardar esa lista. Envíela de nuevo dentro de un minuto, por favor.'],
    },
    tooLarge: (mostKb) => [`Ese archivo es demasiado grande: una lista puede tener ${number(mostKb)} KB.`],
    broken: (line) => [`No puedo leer ese CSV: hay un error a partir de la línea ${number(line)}.`],
    tooMany: (found, most) => [
      `Esa lista tiene ${number(found)} filas y puede tener ${number(most)}. Envíela por partes, por favor.`,
    ],
    tooManyCells: (most) => [
      `Ese archivo tiene más de ${number(most)} celdas. Envíe solo la columna de los ICCID, por favor.`,
    ],
    dayUsedUp: (most, left, until) => [
      `Cada persona puede consultar ${number(most)} eSIM de listas al día, y a usted le quedan ${number(left)}. Más a partir de `,
      until,
      '.',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `Lectura anterior: Airalo pide esperar${next(until)}.`,
        'airalo-unavailable': (until) => `Lectura anterior: Airalo no respondió${next(until)}.`,
        'operator-needed': (until) =>
          `Lectura anterior: el bot no puede comunicarse con Airalo${next(until)}.`,
      },
      unread: {
        'rate-limited': (until) => `No leída: Airalo pide esperar${readable(until)}.`,
        'airalo-unavailable': (until) => `No leída: Airalo no respondió${readable(until)}.`,
        'operator-needed': (until) => `No leída: el bot no puede comunicarse con Airalo${readable(until)}.`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'Airalo no conoce esta eSIM. El dígito de control no coincide: puede que haya un dígito mal escrito.'
          : 'Airalo no conoce esta eSIM.',
      declined: (detail) => `Airalo la rechazó: ${detail}`,
      noFigures: 'Airalo no informa del consumo de esta eSIM.',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'No hay ningún ICCID en esta fila.';
          case 'not-digits':
            return 'No es un ICCID: se necesitan de 18 a 22 dígitos.';
          case 'too-short':
            return `No es un ICCID: tiene ${number(problem.digits)} dígitos y se necesitan de 18 a 22.`;
          case 'too-long':
            return `No es un ICCID: tiene ${number(problem.digits)} dígitos y el máximo es 22.`;
          case 'several':
            return `${number(problem.found)} ICCID en una fila: se espera uno.`;
          case 'rounded':
            return 'Redondeado por una hoja de cálculo: se han perdido los últimos dígitos. Dé formato de texto a la columna y expórtela de nuevo.';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
