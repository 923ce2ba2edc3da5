import type { Scenario } from './scenario.ts';
import type { Door } from './side.ts';
import type { WorldKind } from './world.ts';

const PLATFORMS: readonly { readonly name: string; readonly kind: WorldKind }[] = [
  { name: 'Slack socket', kind: { slack: 'socket' } },
  { name: 'Slack HTTP', kind: { slack: 'http' } },
  { name: 'Discord', kind: { discord: true } },
];

/** Every scenario, on every platform that has it. */
export const SCENARIOS: readonly Scenario[] = PLATFORMS.flatMap(({ name, kind }) => [
  { name: `${name}: start`, kind, fromStart: true, act: started } satisfies Scenario,
  ...(['command', 'direct message', 'mention', 'message command'] as const satisfies readonly Door[]).map(
    (door): Scenario => ({
      name: `${name}: ${door}`,
      kind,
      act: async ({ side, iccids: [iccid = ''] }) => [side.ask[door]('anna', [iccid])],
    }),
  ),
]);

async function started({ world }: Parameters<Scenario['act']>[0]): Promise<[]> {
  await Promise.all(world.bots.map((bot) => bot.start()));
  return [];
}
