import type { Chart } from '../../cards/card.ts';
import { axisLabel, type PlainTextOptions } from '../../cards/plain-text.ts';
import { cut, SLACK_LIMITS } from './limits.ts';

/**
 * A chart that Slack's client draws itself, in the colours of its reader, since 16 June 2026 (Slack's docs, Data
 * visualization block: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block). `@slack/types`
 * 3.2 has no type of it; of its kinds the bot sends one.
 */
export interface DataVisualizationBlock {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'area';
    readonly series: readonly {
      readonly name: string;
      /** One for each category, in their order. */
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
  };
}

/** One series over days or hours, of the reader's zone. */
export function chartBlock(
  { title, unit, by, points }: Chart,
  options: PlainTextOptions,
): DataVisualizationBlock {
  // The hour that a clock shows twice would be two points with one label, which Slack refuses: the later stays.
  const amounts = new Map(
    points
      .slice(-SLACK_LIMITS.chartPoints)
      .map(({ at, amount }) => [cut(axisLabel(at, by, options), SLACK_LIMITS.chartLabel), amount]),
  );
  return {
    type: 'data_visualization',
    title: cut(title, SLACK_LIMITS.chartTitle),
    chart: {
      type: 'area',
      series: [
        {
          name: cut(title, SLACK_LIMITS.chartLabel),
          data: [...amounts].map(([label, value]) => ({ label, value })),
        },
      ],
      axis_config: { categories: [...amounts.keys()], y_label: cut(unit, SLACK_LIMITS.chartTitle) },
    },
  };
}
