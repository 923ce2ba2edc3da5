import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';
import type { FindWords } from '../en/find.ts';

/** See the English section. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'Buscar una eSIM',
    several: (count, asked) => [`${number(count)} eSIM coinciden con «`, asked, '». ¿Cuál?'],
    askedAt: (when) => ['consultada ', when],
    more: (count) => [`Y ${number(count)} más: escriba más cifras o más del nombre.`],
    none: (asked) => ['No conozco ninguna eSIM por «', asked, '».'],
    whatIsFound: [
      'Encuentro una eSIM por cuatro o más de sus últimas cifras (las que usted consultó o su equipo nombró), por el nombre que le dio su equipo y ',
      'por el código de un pedido cuyos detalles ya mostré.',
    ],
    named: (name, before) => [
      'Esta eSIM se llama ahora ',
      name,
      ...(before === undefined ? ['.'] : ['. Antes se llamaba ', before, '.']),
    ],
    forEverybody: ['Todo su equipo la encuentra por ese nombre.'],
    taken: (name, masked) => [
      'Otra eSIM ya se llama ',
      name,
      `: ${masked}. Elija otro nombre o quíteselo antes a esa.`,
    ],
    full: (most) => [`Ya hay ${number(most)} nombres. Quite uno primero: `, code('name ICCID remove')],
    is: (name) => ['Se llama ', name, '. Para quitar el nombre: ', code('name ICCID remove')],
    nameless: ['Esta eSIM no tiene nombre.'],
    removed: ['El nombre se ha quitado.'],
    noName: [
      'Un nombre tiene de 1 a 40 letras y cifras, con espacios, guiones o guiones bajos entre ellas. No puede tener solo cifras ni ser un comando.',
    ],
    howToName: ['Para dar un nombre: ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: ['Ahora no puedo leer los nombres y no se ha cambiado nada. Inténtelo de nuevo en un minuto.'],
    help: (command) => [
      strong('Encontrarla de nuevo: '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' le da un nombre; después bastan ',
      code(`${command} anna-trip`),
      ', sus últimas cifras o el código del pedido.',
    ],
  };
}
