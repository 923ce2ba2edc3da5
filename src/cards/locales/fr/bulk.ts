import type { Figures } from '../../figures.ts';
import type { BulkWords } from '../en/bulk.ts';

/** The words about lists in French. */
export function bulkWords({ number, counted }: Figures): BulkWords {
  const rows = (count: number) => counted(count, { one: 'ligne', other: 'lignes' });
  const next = (until: string | undefined) =>
    until === undefined ? '' : ` ; un nouveau relevé est possible à partir de ${until}`;
  const readable = (until: string | undefined) =>
    until === undefined ? '' : ` ; lecture possible à partir de ${until}`;
  return {
    title: 'Liste d’eSIM',
    label: 'Lues',
    progress: (done, total) => `${number(done)} sur ${number(total)}`,
    minutesLeft: (minutes) =>
      minutes === 0 ? ['Il reste moins d’une minute.'] : [`Il reste environ ${number(minutes)} min.`],
    waiting: (count, until) => [
      `Airalo demande d’attendre pour ${number(count)} eSIM ; toutes seront lisibles à `,
      until,
      '.',
    ],
    comesHere: ['La réponse arrivera ici sous forme de CSV. Inutile d’attendre.'],
    cancel: 'Annuler',
    taking: ['Lecture de votre liste…'],
    inDirectMessage: ['La réponse à cette liste arrive dans notre message direct.'],
    finished: (count) => [
      `Votre liste : ${counted(count, { one: 'ligne traitée', other: 'lignes traitées' })}.`,
    ],
    counts: {
      read: (count) => counted(count, { one: 'lue', other: 'lues' }),
      older: (count) => `${number(count)} avec un relevé antérieur`,
      unknown: (count) => counted(count, { one: 'inconnue d’Airalo', other: 'inconnues d’Airalo' }),
      unread: (count) => counted(count, { one: 'non lue', other: 'non lues' }),
      invalid: (count) => `${rows(count)} sans ICCID`,
      repeated: (count) => counted(count, { one: 'répétition ignorée', other: 'répétitions ignorées' }),
      elsewhere: (count) =>
        counted(count, {
          one: 'ICCID d’une autre colonne ignoré',
          other: 'ICCID d’une autre colonne ignorés',
        }),
    },
    cancelled: (done, total) => [
      `Annulée après ${number(done)} sur ${number(total)}. `,
      'Ce qui a été lu est conservé : renvoyez la liste pour reprendre à cet endroit.',
    ],
    unsent: [
      'Votre liste a été lue, mais le fichier n’a pas pu être envoyé ici. L’opérateur du bot peut en voir la raison dans le journal ; ',
      'ce qui a été lu est conservé, vous pouvez donc renvoyer la liste plus tard.',
    ],
    refusals: {
      spreadsheet: ['C’est une feuille de calcul. Enregistrez-la au format CSV et envoyez ce fichier.'],
      'not-text': ['Ce fichier ne contient pas de texte. Envoyez un CSV.'],
      'no-iccids': [
        'Je ne trouve pas d’ICCID dans ce fichier. Il lui faut une colonne d’ICCID : de 18 à 22 chiffres chacun, avec l’en-tête ICCID ou sans en-tête.',
      ],
      'digits-lost': [
        'Un tableur a arrondi les ICCID de ce fichier (8,94E+18, ou des zéros à la fin) : les derniers chiffres sont perdus. ',
        'Mettez la colonne au format texte avant d’y placer les numéros, puis exportez-la à nouveau.',
      ],
      'other-file': [
        'Je ne peux lire des listes qu’au format CSV. Pour une seule eSIM, écrivez-moi son numéro.',
      ],
      'several-files': ['Envoyez une seule liste à la fois.'],
      'only-in-direct-message': [
        'Envoyez-moi la liste en message direct : ici, d’autres personnes verraient les numéros.',
      ],
      'not-fetched': ['Je n’ai pas pu récupérer ce fichier. Renvoyez-le dans une minute.'],
      'one-at-a-time': ['Votre dernière liste n’est pas terminée. Attendez-la ou annulez-la.'],
      'not-stored': ['Je n’ai pas pu enregistrer cette liste. Renvoyez-la dans une minute.'],
    },
    tooLarge: (mostKb) => [`Ce fichier est trop volumineux : une liste peut faire ${number(mostKb)} Ko.`],
    broken: (line) => [
      `Je ne peux pas lire ce CSV : il y a une erreur à partir de la ligne ${number(line)}.`,
    ],
    tooMany: (found, most) => [
      `Cette liste a ${number(found)} lignes et peut en avoir ${number(most)}. Envoyez-la en plusieurs parties.`,
    ],
    tooManyCells: (most) => [
      `Ce fichier a plus de ${number(most)} cellules. Envoyez seulement la colonne des ICCID.`,
    ],
    dayUsedUp: (most, left, until) => [
      `Chaque personne dispose de ${number(most)} eSIM par jour en liste, et il vous en reste ${number(left)}. Prochaines à partir du `,
      until,
      '.',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `Relevé antérieur : Airalo demande d’attendre${next(until)}.`,
        'airalo-unavailable': (until) => `Relevé antérieur : Airalo n’a pas répondu${next(until)}.`,
        'operator-needed': (until) => `Relevé antérieur : le bot ne peut pas joindre Airalo${next(until)}.`,
      },
      unread: {
        'rate-limited': (until) => `Non lue : Airalo demande d’attendre${readable(until)}.`,
        'airalo-unavailable': (until) => `Non lue : Airalo n’a pas répondu${readable(until)}.`,
        'operator-needed': (until) => `Non lue : le bot ne peut pas joindre Airalo${readable(until)}.`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'Airalo ne connaît pas cette eSIM. Le chiffre de contrôle est incorrect : un chiffre est peut-être mal saisi.'
          : 'Airalo ne connaît pas cette eSIM.',
      declined: (detail) => `Airalo a refusé : ${detail}`,
      noFigures: 'Airalo ne communique pas la consommation de cette eSIM.',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'Aucun ICCID sur cette ligne.';
          case 'not-digits':
            return 'Ce n’est pas un ICCID : il faut de 18 à 22 chiffres.';
          case 'too-short':
            return `Ce n’est pas un ICCID : ${number(problem.digits)} chiffres, il en faut de 18 à 22.`;
          case 'too-long':
            return `Ce n’est pas un ICCID : ${number(problem.digits)} chiffres, 22 au maximum.`;
          case 'several':
            return `${number(problem.found)} ICCID sur une ligne : un seul est attendu.`;
          case 'rounded':
            return 'Arrondi par un tableur : les derniers chiffres sont perdus. Mettez la colonne au format texte et exportez-la à nouveau.';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
