import { z } from 'zod';
import { SOAK_DAYS, type StoreEngine, soakedEngines } from './growth/soak/store.ts';
import type { SoakFigures } from './growth/soak.ts';
import { ENGINES } from './growth/stocked-store.ts';
import { runLane } from './lanes.ts';
import { besidePeers, CHATS, type ChatPart, growing, peersPart, scaling, soakPart } from './parts.ts';
import type { PeerResult } from './peers-table.ts';
import type { Part } from './report.ts';
import { orFail } from './telling.ts';

/** From processes of this very code. */
const peerResults = z.array(z.custom<PeerResult>((value) => typeof value === 'object'));
const soakFigures = z.array(z.custom<SoakFigures>((value) => typeof value === 'object'));

/**
 * First what is about speed, each alone on the machine; then, side by side, what mostly waits: three weeks on each engine, and the scenarios in
 * which an answer is due later. Of those last no mark is about speed.
 */
export async function measureAll(): Promise<Part[]> {
  const loud = {
    peers: await besidePeers('peers', ({ waits }) => !waits),
    discord: await besidePeers('discord', ({ waits }) => !waits),
  };
  const growth = await growing(ENGINES);
  const scale = await scaling(ENGINES);
  const [{ peers, discord }, weeks] = await Promise.all([waitingScenarios(), soakAll()]);
  return [
    peersPart('peers', [...loud.peers.figures, ...peers]),
    peersPart('discord', [...loud.discord.figures, ...discord]),
    growth,
    weeks,
    scale,
  ];
}

/** Each engine in a process of its own, side by side: what they mostly do is wait. */
export async function soakAll(): Promise<Part> {
  return soakPart((await Promise.all(soakedEngines().map(weeksOn))).flat());
}

async function waitingScenarios(): Promise<Record<ChatPart, readonly PeerResult[]>> {
  const of = async (part: ChatPart) =>
    (await orFail(`${CHATS[part].chat}, what waits`, async () => peerResults.parse(await runLane([part])))) ??
    [];
  return { peers: await of('peers'), discord: await of('discord') };
}

async function weeksOn(engine: StoreEngine): Promise<SoakFigures[]> {
  const days = String(SOAK_DAYS);
  const measured = await orFail(`${days} days on ${engine}`, async () =>
    soakFigures.parse(await runLane(['soak', engine, days])),
  );
  return measured ?? [];
}
