import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  command,
  directMessage,
  filesInDirectMessage,
  homeOpened,
  mention,
  press,
  shortcut,
} from '../support/slack/people.ts';
import { showAcknowledgement } from '../support/slack/response-urls.ts';
import {
  exchangeSigned,
  type Push,
  requestOf,
  type SlackStandIn,
  startSlack,
  type TransportKind,
} from '../support/slack/slack.ts';
import { EVENT_TOKEN, runStep } from '../support/slack/steps.ts';
import { sendForm } from '../support/slack/views.ts';
import { BOT_USER, lastForm, type SlackPost, TEAM } from '../support/slack/workspace.ts';
import type { Activity, FaultProxy } from './fault-proxy.ts';
import type { Person, Question, Seen } from './question.ts';
import type { Side } from './side.ts';
import type { SweepClock } from './sweep-clock.ts';

/** Slack's own patience, and when it sends an event again. */
const PATIENCE_MS = 3_000;
const EVENT_AGAIN_MS = [0, 60_000, 300_000];
const TYPES = { command: 'slash_commands', event: 'events_api', interactive: 'interactive' } as const;
/** A form that has not opened by then never does: its trigger lives for three seconds. */
const FORM_PATIENCE_MS = 5_000;
const LOOK_MS = 100;
const ack = z.object({ envelope_id: z.string(), payload: z.unknown() });
const LABELS = {
  promise: 'esim:tell-when-fresh',
  cancel: 'esim:cancel',
  share: 'esim:share',
  csv: 'esim:csv',
  topups: 'esim:ask-topups',
  reply: 'esim:ask-reply',
} as const;

/** Slack with its patience and its second tries, and the people in it. */
export async function createSlackSide(
  kind: TransportKind,
  clock: SweepClock,
  activity: Activity,
  proxied: (upstream: string) => Promise<{ readonly api: FaultProxy; readonly hooks: FaultProxy }>,
): Promise<Side & { readonly slack: SlackStandIn }> {
  const inner = await startSlack(kind, clock);
  const { workspace } = inner;
  const upstream = new URL(inner.env.SLACK_API_URL ?? '').origin;
  const { api, hooks } = await proxied(upstream);
  // The bot fetches and sends files only where the Web API is.
  workspace.url = api.url;
  const slack: SlackStandIn = Object.assign(Object.create(inner), {
    responseUrl: (id: string) => `${hooks.url}/respond/${id}`,
  });
  /** The id of a person, who is in the workspace and in the channel from then on. */
  function idOf(person: Person): string {
    const id = `U${person.toUpperCase()}`;
    if (!workspace.users.has(id))
      workspace.users.set(id, { id, team_id: TEAM, locale: 'en-GB', tz: 'Europe/Berlin' });
    for (const channel of ['CSUPPORT', 'CSHOP']) workspace.members.get(channel)?.add(id);
    return id;
  }
  workspace.members.set('CALERTS', new Set([BOT_USER]));
  workspace.members.set('CSHOP', new Set([BOT_USER]));
  let botUrl = '';

  /** Slack hears the acknowledgement, or gives up after its three seconds. */
  async function deliver(push: Push): Promise<boolean> {
    if (kind === 'http') return overHttp(push);
    const [socket] = [...inner.sockets].toReversed();
    if (!socket) return clock.sleep(PATIENCE_MS).then(() => false);
    const id = randomUUID();
    const type = TYPES[push.kind];
    let gaveUp = false;
    const heard = new Promise<boolean>((resolve) => {
      socket.on('message', (data) => {
        activity.moved++;
        const said = ack.safeParse(JSON.parse(String(data))).data;
        if (said?.envelope_id !== id || gaveUp) return;
        showAcknowledgement(workspace, push, said.payload);
        resolve(true);
      });
    });
    socket.send(
      JSON.stringify({
        type,
        envelope_id: id,
        payload: push.payload,
        accepts_response_payload: type !== 'events_api',
      }),
    );
    const late = clock.sleep(PATIENCE_MS).then(() => {
      gaveUp = true;
      return false;
    });
    return Promise.race([heard, late]);
  }

  async function overHttp(push: Push): Promise<boolean> {
    const patience = new AbortController();
    const late = clock.sleep(PATIENCE_MS, patience.signal).then(
      () => false,
      () => false,
    );
    // A connection that is refused is as good as no answer: Slack waits no longer for it.
    const exchange = exchangeSigned(botUrl, requestOf(push), { at: Math.floor(clock.now() / 1000) });
    const answer = exchange.then(
      ({ status, said }) => {
        if (!patience.signal.aborted) showAcknowledgement(workspace, push, said);
        return status === 200;
      },
      () => false,
    );
    const heard = await Promise.race([answer, late]);
    patience.abort();
    return heard;
  }

  function ask(door: string, person: Person, iccids: readonly string[], push: Push): Question {
    const question: Question = { person, door, iccids, askedAt: clock.now(), acknowledgedAt: undefined };
    const times = push.kind === 'event' ? EVENT_AGAIN_MS : [0];
    void (async () => {
      for (const waitMs of times) {
        await clock.sleep(waitMs);
        if (!(await deliver(push))) continue;
        question.acknowledgedAt = clock.now();
        return;
      }
    })();
    return question;
  }

  const text = (iccids: readonly string[]) => iccids.join(' ');
  const newest = (person: Person): SlackPost => {
    const post = workspace.posts.findLast(({ onlyFor, channel }) =>
      onlyFor === undefined ? channel === workspace.directMessageOf(idOf(person)) : onlyFor === idOf(person),
    );
    if (!post) throw new Error(`Nothing was written to ${person}`);
    return post;
  };

  return {
    name: kind === 'socket' ? 'Slack socket' : 'Slack HTTP',
    elsewhere: '#shop',
    slack,
    env: { ...inner.env, SLACK_API_URL: `${api.url}/api/`, SLACK_ALERT_CHANNEL: 'CALERTS' },
    hasSocket: kind === 'socket',
    setBotUrl: (url) => {
      botUrl = url;
    },
    isConnected: () => (kind === 'socket' ? inner.sockets.size > 0 : true),
    ask: {
      command: (person, iccids) =>
        ask('command', person, iccids, command(slack, text(iccids), { user: idOf(person) })),
      'direct message': (person, iccids) =>
        ask('direct message', person, iccids, directMessage(slack, text(iccids), { user: idOf(person) })),
      mention: (person, iccids) =>
        ask('mention', person, iccids, mention(slack, text(iccids), { user: idOf(person) })),
      'message command': (person, iccids) =>
        ask(
          'message command',
          person,
          iccids,
          shortcut(slack, `Please look at ${text(iccids)}`, { user: idOf(person) }),
        ),
    },
    press: (person, button, iccids) =>
      ask(
        `button ${button}`,
        person,
        iccids,
        press(slack, newest(person), LABELS[button], { user: idOf(person) }),
      ),
    say: (person, words, iccids) =>
      ask(words.split(' ', 1).join(), person, iccids, command(slack, words, { user: idOf(person) })),
    sendList: (person, bytes, iccids) =>
      ask(
        'list',
        person,
        iccids,
        filesInDirectMessage(slack, [{ name: 'list.csv', bytes }], '', { user: idOf(person) }),
      ),
    sendListByForm(person, bytes, iccids) {
      const question = ask('list form', person, iccids, command(slack, 'list', { user: idOf(person) }));
      void (async () => {
        for (let waitedMs = 0; waitedMs < FORM_PATIENCE_MS; waitedMs += LOOK_MS) {
          const form = workspace.forms.find(({ userId }) => userId === idOf(person));
          if (form) return void (await deliver(sendForm(slack, form, [{ name: 'list.csv', bytes }])));
          await clock.sleep(LOOK_MS);
        }
      })();
      return question;
    },
    runStep(person, iccid) {
      const { id, push } = runStep(slack, { iccid, asked_by: idOf(person) });
      return Object.assign(ask('workflow step', person, [iccid], push), {
        isDone: () => workspace.executions.get(id)?.state !== 'running',
      });
    },
    stepEnds: () => [...workspace.executions.values()].map(({ state }) => state),
    openHome: (person) => ask('home', person, [], homeOpened(slack, idOf(person))),
    homeOf: (person) => JSON.stringify(workspace.views.get(idOf(person)) ?? ''),
    seenBy: (person) =>
      workspace.posts.filter((post) => sees(post, idOf(person))).map((post) => asSeen(post)),
    publicTexts: () => [
      ...workspace.posts
        .filter(({ onlyFor, channel }) => onlyFor === undefined && !channel.startsWith('D'))
        .flatMap(textsOf),
      // Whoever looks after a workflow reads how it went.
      ...[...workspace.executions.values()].map((execution) => JSON.stringify(execution)),
    ],
    alerts: () =>
      workspace.posts
        .filter(({ channel, threadTs }) => channel === 'CALERTS' && threadTs === undefined)
        .map((post) => asSeen(post)),
    secrets: () => [
      ...Object.values(inner.env).filter((value) => /^xox|^xapp|secret/.test(value)),
      EVENT_TOKEN,
      ...[...workspace.responseUrls.keys()].map((id) => `/respond/${id}`),
    ],
    recycle: () => {
      // Slack says ten seconds before that it will close the socket.
      for (const socket of inner.sockets) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'warning', debug_info: { host: 'w' } }));
        void clock.sleep(10_000).then(() => {
          socket.send(
            JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'w' } }),
          );
          socket.close();
        });
      }
    },
    close: () => inner.close(),
  };

  function sees({ channel, onlyFor, deleted }: SlackPost, user: string): boolean {
    if (deleted || channel === 'CALERTS') return false;
    return onlyFor === undefined ? channel === workspace.directMessageOf(user) : onlyFor === user;
  }
}

function textsOf(post: SlackPost): string[] {
  return post.forms.map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`);
}

function asSeen(post: SlackPost): Seen {
  const { text, blocks } = lastForm(post);
  const files = post.fileIds ? ' answered.' : '';
  return {
    id: `${post.channel} ${post.ts} via ${post.via}`,
    text: `${text}\n${JSON.stringify(blocks)}${files}`,
    isPrivate: post.onlyFor !== undefined || post.channel.startsWith('D'),
    forms: post.forms.length,
    thinking: false,
  };
}
