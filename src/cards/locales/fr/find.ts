import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';
import type { FindWords } from '../en/find.ts';

/** See the English section. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'Trouver une eSIM',
    several: (count, asked) => [`${number(count)} eSIM correspondent à « `, asked, ' ». Laquelle ?'],
    askedAt: (when) => ['consultée ', when],
    more: (count) => [
      `Et ${number(count)} de plus : tapez plus de chiffres ou une plus longue partie du nom.`,
    ],
    none: (asked) => ['Je ne connais aucune eSIM par « ', asked, ' ».'],
    whatIsFound: [
      'Je trouve une eSIM par quatre de ses derniers chiffres ou plus (celles que vous avez consultées ou que votre équipe a nommées), par le nom ',
      'que votre équipe lui a donné et par le code d’une commande dont j’ai déjà montré les détails.',
    ],
    named: (name, before) => [
      'Cette eSIM s’appelle maintenant ',
      name,
      ...(before === undefined ? ['.'] : ['. Elle s’appelait ', before, '.']),
    ],
    forEverybody: ['Toute votre équipe la trouve sous ce nom.'],
    taken: (name, masked) => [
      'Une autre eSIM s’appelle déjà ',
      name,
      ` : ${masked}. Choisissez un autre nom ou retirez-le d’abord à celle-là.`,
    ],
    full: (most) => [`Il y a déjà ${number(most)} noms. Retirez-en un d’abord : `, code('name ICCID remove')],
    is: (name) => ['Elle s’appelle ', name, '. Pour retirer le nom : ', code('name ICCID remove')],
    nameless: ['Cette eSIM n’a pas de nom.'],
    removed: ['Le nom est retiré.'],
    noName: [
      'Un nom a de 1 à 40 lettres et chiffres, séparés par des espaces, des tirets ou des tirets bas. Il ne peut pas n’avoir que des chiffres, ni ',
      'être une commande.',
    ],
    howToName: ['Pour donner un nom : ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: [
      'Je ne peux pas lire les noms pour l’instant et rien n’a été changé. Réessayez dans une minute.',
    ],
    help: (command) => [
      strong('La retrouver : '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' lui donne un nom ; ensuite suffisent ',
      code(`${command} anna-trip`),
      ', ses derniers chiffres ou le code de sa commande.',
    ],
  };
}
