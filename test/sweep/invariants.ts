import { refusesCredentials, SILENCE_KNOWN_MS } from './fault.ts';
import { isOfNeighbour } from './neighbours.ts';
import { type Question, wordOf } from './question.ts';
import type { Baseline, Trouble } from './row.ts';
import type { Scenario, Stage } from './scenario.ts';
import { CUSTOMER } from './scenarios-outgoing.ts';

/** Everything that a row has shown. */
export interface Evidence {
  readonly scenario: Scenario;
  readonly trouble: Trouble | undefined;
  readonly stage: Stage;
  readonly questions: readonly Question[];
  readonly firstWordAt: ReadonlyMap<Question, number>;
  readonly actedAt: number;
  readonly overAt: number;
  readonly struckAt: number | undefined;
  readonly readyAtEnd: boolean;
  readonly probeAnswered: boolean;
  readonly stopped: boolean;
  readonly measured: Baseline;
  readonly baseline: Baseline;
  readonly log: string;
  readonly metrics: string;
  readonly stored: string;
  readonly notes: readonly string[];
}

/** From the question, or from the end of what kept the chat away, to the first word that says something. */
const TOLD_WITHIN_MS = 15_000;
/** `/readyz` may be wrong no longer than this. */
const TRUE_WITHIN_MS = 1_500;
const MORE_READS = 4;

/** What must be true of every row. One line for each breach, in words that name no person and no number of a customer. */
export function breachesOf(it: Evidence): string[] {
  return [
    ...it.notes,
    ...it.questions.flatMap((question) => answered(it, question)),
    ...once(it),
    ...inPrivate(it),
    ...airaloSpared(it),
    ...cleanLog(it),
    ...(it.readyAtEnd ? [] : ['not ready again within 15 s of the end of the fault']),
    ...(it.probeAnswered ? [] : ['the next question is not answered']),
    ...(it.stopped ? [] : ['does not stop within 12 s of SIGTERM']),
    ...readyTrue(it),
    ...lives(it),
    // What the platform itself refused is a dead letter, and the log says how to mend it.
    ...(it.trouble && refusesCredentials(it.trouble.fault) ? [] : (it.scenario.check?.(it.stage) ?? [])),
  ];
}

/** Whether the fault is on what the question comes by: then the platform itself tells the person that nothing happened. */
function cutsOff({ trouble, scenario }: Evidence): boolean {
  if (scenario.fromStart || scenario.stops) return true;
  if (trouble === undefined) return false;
  if (trouble.fault.includes('SIGKILL')) return true;
  if (trouble.kind !== 'call') return false;
  // The acknowledgement itself fails for longer than its three seconds.
  if (trouble.call.route.endsWith('/callback')) return !/reset|500 once|lost|1 s/.test(trouble.fault);
  return /socket|gateway/.test(trouble.call.destination) || trouble.call.route === 'apps.connections.open';
}

/** Discord's REST, by which a command is acknowledged, was away longer than its three seconds when this was asked. */
function askedWhileAway({ trouble, struckAt, overAt }: Evidence, { askedAt }: Question): boolean {
  if (trouble?.kind !== 'call' || trouble.call.destination !== 'Discord' || struckAt === undefined)
    return false;
  return /^(?:503 for 60 s|refused for 8 s)$/.test(trouble.fault) && askedAt >= struckAt && askedAt < overAt;
}

function answered(it: Evidence, question: Question): string[] {
  const seen = it.stage.side.seenBy(question.person);
  const words = seen.map(wordOf);
  const found: string[] = [];
  if (question.acknowledgedAt === undefined) {
    if (!cutsOff(it) && !askedWhileAway(it, question)) found.push(`${question.door}: not acknowledged`);
    // The person was told by the platform, and asks or presses again.
    if (words.length === 0 || question.isDone) return found;
  }
  if (question.door === 'home') {
    // No question: what a process that died, or whose token was refused, had not drawn is drawn when the person opens it again.
    if (it.trouble && (it.trouble.fault.includes('SIGKILL') || refusesCredentials(it.trouble.fault)))
      return found;
    return it.stage.side.homeOf?.(question.person) === '""' ? ['home: nothing shown'] : found;
  }
  // An execution can be ended in one way: what Slack refuses of it is a dead letter, and the log says what to mend.
  if (
    question.door === 'workflow step' &&
    it.trouble &&
    refusesCredentials(it.trouble.fault) &&
    /"remedy":/.test(it.log)
  )
    return found;
  if (question.isDone && !question.isDone(seen)) return [...found, `${question.door}: not done in the end`];
  if (question.isDone && !question.atOnce) return found;
  if (words.length === 0 && !question.atOnce)
    return isGone(it) ? found : [...found, `${question.door}: silence`];
  if (words.includes('placeholder')) found.push(`${question.door}: placeholder for ever`);
  if (words.includes('promise') && !words.includes('answer'))
    found.push(`${question.door}: promise not kept`);
  const first = it.firstWordAt.get(question);
  // What Airalo was asked in vain can be asked again after its window, and a step ends with the answer alone.
  const atAiralo = it.trouble?.kind === 'call' && it.trouble.call.destination.startsWith('Airalo');
  if (question.door === 'workflow step' && atAiralo && first !== undefined) return found;
  const chatAway = it.trouble?.kind === 'call' && !it.trouble.call.destination.startsWith('Airalo');
  const from =
    chatAway || it.trouble?.fault.includes('SIGKILL')
      ? Math.max(question.askedAt, it.overAt, redelivered(it, question))
      : question.askedAt;
  if (first === undefined || first - from > TOLD_WITHIN_MS)
    found.push(
      `${question.door}: told after ${first === undefined ? 'more than 15' : Math.round((first - from) / 1000)} s`,
    );
  return found;
}

/** Without a socket Slack gives the event again after a minute: from then on it can be answered. */
const redelivered = ({ trouble }: Evidence, { acknowledgedAt = 0 }: Question): number =>
  trouble?.kind === 'call' && trouble.call.destination === 'Slack socket' ? acknowledgedAt : 0;

/** Discord keeps what comes while a session has no connection for that session alone, and it ended with its process. */
const isGone = ({ scenario, trouble }: Evidence): boolean =>
  (scenario.stops ?? false) && trouble?.kind === 'call' && trouble.call.destination === 'gateway';

/** Slack keeps no history of what only one person sees: whether a lost answer had its effect can be asked nowhere. */
const isPastKnowing = ({ trouble, questions }: Evidence): boolean =>
  trouble?.kind === 'call' &&
  /lost|no answer|drip|SIGKILL after/.test(trouble.fault) &&
  (trouble.call.route === 'chat.postEphemeral' ||
    (trouble.call.destination === 'response_url' &&
      questions.some(({ door }) => door.startsWith('button'))) ||
    // The table of a press is uploaded anew for each try, and its file bears no mark: twice rather than not at all.
    (trouble.call.route === 'files.completeUploadExternal' &&
      questions.some(({ door }) => door === 'button csv')));

function once(it: Evidence): string[] {
  const { stage, questions, baseline, measured } = it;
  if (isPastKnowing(it)) return [];
  const people = new Set(questions.map(({ person }) => person));
  return [...people].flatMap((person) => {
    const count = measured.answers[person] ?? 0;
    const most = Math.max(1, baseline.answers[person] ?? 1) + (isBeside(it, person) ? 1 : 0);
    const texts = stage.side.seenBy(person).map(({ text }) => text);
    const twins = texts.length - new Set(texts).size;
    return [
      ...(count > most ? [`answered ${count} times`] : []),
      ...(twins > 0 && count <= most ? [`the same message ${twins + 1} times`] : []),
    ];
  });
}

/** A press that could not be acknowledged is answered beside the card, which nobody may write anew then and which stays an answer. */
const isBeside = ({ trouble, questions }: Evidence, person: string): boolean =>
  trouble?.kind === 'call' &&
  trouble.call.route.endsWith('/callback') &&
  questions.some((question) => question.person === person && question.door.startsWith('button'));

function inPrivate({ stage }: Evidence): string[] {
  const shown = stage.world.sides.flatMap((side) => side.publicTexts());
  const found: string[] = [];
  if (shown.some((text) => iccidsOf(stage).some((iccid) => text.includes(iccid))))
    found.push('a full ICCID in public');
  if (shown.some((text) => text.includes(CUSTOMER))) found.push('an e-mail in public');
  return found;
}

/** Those of the scenario, and those that the account's orders name. */
function iccidsOf({ iccids, usedUp, world }: Stage): string[] {
  return [...iccids, usedUp, ...world.simulator.esims.map(({ iccid }) => iccid)];
}

function airaloSpared({ trouble, measured, baseline, scenario }: Evidence): string[] {
  const atAiralo = trouble?.kind === 'call' && trouble.call.destination === 'Airalo';
  const killed = trouble?.fault.includes('SIGKILL') ?? false;
  // A reading that was lost with its answer, or with the process, is asked for once more, and perhaps again after the window.
  const afterEffect = killed || (atAiralo && /lost|drip|no answer/.test(trouble.fault));
  const found: string[] = [];
  const refusals = measured.refusals - baseline.refusals;
  if (refusals > (afterEffect ? 1 : 0)) found.push(`${refusals} reads that Airalo had to refuse`);
  // A watch whose word could not be sent looks once more before it sends it; the same question a minute later is past the window of a reading.
  const looksAgain =
    /watch/.test(scenario.name) || (scenario.next !== undefined && trouble?.fault === '503 for 60 s');
  const reads = measured.usageCalls - baseline.usageCalls;
  if (reads > (atAiralo ? MORE_READS : killed ? 2 : looksAgain ? 1 : 0))
    found.push(`${reads} reads too many`);
  const tokens = measured.tokenCalls - baseline.tokenCalls;
  if (tokens > (atAiralo ? MORE_READS : killed ? 1 : 0)) found.push(`${tokens} tokens too many`);
  const details = measured.detailCalls - baseline.detailCalls;
  // The account's lists are kept in memory alone, go with their process, and are a minute old at most in a digest that is late.
  const listAgain = killed || scenario.stops ? 2 : /digest/.test(scenario.name) ? 1 : 0;
  if (details > (atAiralo ? MORE_READS : listAgain)) found.push(`${details} questions of details too many`);
  return found;
}

function cleanLog({ log, metrics, stored, stage, trouble, scenario }: Evidence): string[] {
  const found: string[] = [];
  if (/unheard|unhandled/i.test(log)) found.push('a rejection that nobody heard');
  if (iccidsOf(stage).some((iccid) => log.includes(iccid))) found.push('a full ICCID in the log');
  const { sides, simulator, neighbours } = stage.world;
  const secrets = [...sides.flatMap((side) => side.secrets()), ...simulator.secrets, ...neighbours.secrets];
  if (secrets.some((secret) => secret.length > 6 && log.includes(secret))) found.push('a secret in the log');
  if ([log, metrics, stored].some((text) => text.includes(CUSTOMER)))
    found.push('an e-mail in the log, the metrics or the store');
  const stoppedAt = log.lastIndexOf('"msg":"Stopped"');
  const after = stoppedAt < 0 ? '' : log.slice(stoppedAt);
  if (/"level":"(?:error|fatal)"/.test(after)) found.push('an error after "Stopped"');
  if (!trouble && !/start|connect/.test(scenario.name) && /"level":"(?:error|fatal)"/.test(log))
    found.push('an error though nothing failed');
  return found;
}

function readyTrue({ stage, trouble, scenario }: Evidence): string[] {
  const silent = /silent/.test(`${scenario.name} ${trouble?.fault}`);
  const mostMs = silent ? SILENCE_KNOWN_MS : TRUE_WITHIN_MS;
  const found = new Set<string>();
  for (const bot of stage.world.bots) {
    let wrongSince: number | undefined;
    for (const { at, ready, healthy, connected } of bot.looks) {
      const wrong = ready === 200 && !connected;
      if (!wrong) wrongSince = undefined;
      else wrongSince ??= at;
      if (wrongSince !== undefined && at - wrongSince > mostMs)
        found.add('/readyz said 200 while the socket was gone');
      if (healthy !== 0 && healthy !== 200 && trouble?.fault !== '401 of its own')
        found.add(`/healthz said ${healthy}`);
    }
  }
  return [...found];
}

function lives({ stage, trouble, log, scenario }: Evidence): string[] {
  return stage.world.bots.flatMap((bot) =>
    bot.ends.flatMap((end, index) => {
      if (end.signal === 'SIGKILL') return [];
      if (end.code === 0 && (scenario.stops || index === bot.ends.length - 1)) return [];
      if (end.signal !== undefined) return [`ended by ${end.signal}`];
      // Without a store nothing can be begun: it ends with the remedy, and is started again.
      if (trouble?.kind === 'link' && scenario.fromStart) return [];
      // What a server of the company's own refuses is no cause to end.
      if (trouble?.kind === 'call' && isOfNeighbour(trouble.call.destination))
        return [`the process ended by itself (${end.code ?? 'no code'})`];
      // Only the operator can mend refused credentials: the process may end, and says how.
      if (trouble && refusesCredentials(trouble.fault) && (end.said !== '' || /Remedy/.test(log))) return [];
      return [
        `the process ended by itself (${end.code ?? 'no code'})${end.said && `: ${end.said.slice(0, 160)}`}`,
      ];
    }),
  );
}
