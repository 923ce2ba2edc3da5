import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';
import type { FindWords } from '../en/find.ts';

/** See the English section. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'Encontrar um eSIM',
    several: (count, asked) => [`${number(count)} eSIMs correspondem a “`, asked, '”. Qual deles?'],
    askedAt: (when) => ['consultado ', when],
    more: (count) => [`E mais ${number(count)}: digite mais dígitos ou mais do nome.`],
    none: (asked) => ['Não conheço nenhum eSIM por “', asked, '”.'],
    whatIsFound: [
      'Encontro um eSIM por quatro ou mais dos seus últimos dígitos (os que você consultou ou sua equipe nomeou), pelo nome que sua equipe deu e ',
      'pelo código de um pedido cujos detalhes já mostrei.',
    ],
    named: (name, before) => [
      'Este eSIM agora se chama ',
      name,
      ...(before === undefined ? ['.'] : ['. Antes se chamava ', before, '.']),
    ],
    forEverybody: ['Toda a sua equipe o encontra por esse nome.'],
    taken: (name, masked) => [
      'Outro eSIM já se chama ',
      name,
      `: ${masked}. Escolha outro nome ou remova-o primeiro de lá.`,
    ],
    full: (most) => [`Já existem ${number(most)} nomes. Remova um primeiro: `, code('name ICCID remove')],
    is: (name) => ['Ele se chama ', name, '. Para remover o nome: ', code('name ICCID remove')],
    nameless: ['Este eSIM não tem nome.'],
    removed: ['O nome foi removido.'],
    noName: [
      'Um nome tem de 1 a 40 letras e dígitos, com espaços, hifens ou sublinhados entre eles. Não pode ter só dígitos nem ser um comando.',
    ],
    howToName: ['Para dar um nome: ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: ['Não consigo ler os nomes agora e nada foi alterado. Tente novamente em um minuto.'],
    help: (command) => [
      strong('Encontrar de novo: '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' dá um nome; depois bastam ',
      code(`${command} anna-trip`),
      ', os últimos dígitos ou o código do pedido.',
    ],
  };
}
