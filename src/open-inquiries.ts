import type { Clock } from './clock.ts';
import type { UsageTrend } from './domain/usage-trend.ts';
import { createCancelHandler } from './inquiries/cancel.ts';
import { createDetailHandlers } from './inquiries/details.ts';
import { createDigestHandler } from './inquiries/digest.ts';
import { createFindHandler, createOrderHandler } from './inquiries/find.ts';
import { createInquiryRouter, type InquiryRouter } from './inquiries/inquiry-router.ts';
import { createNameHandler } from './inquiries/name.ts';
import { createNamesHandler, createUnnameHandler } from './inquiries/names.ts';
import { createOrdersHandler } from './inquiries/orders.ts';
import { createPlansHandler } from './inquiries/plans.ts';
import { createRecentHandler } from './inquiries/recent.ts';
import { createReplyHandler } from './inquiries/reply.ts';
import { createStatusHandler } from './inquiries/status.ts';
import { createTrendHandler } from './inquiries/trend.ts';
import { createUnwatchHandler } from './inquiries/unwatch.ts';
import { createWatchesHandler, createWatchHandler } from './inquiries/watch.ts';
import type { Log } from './log.ts';
import type { DetailReader } from './usage/detail-reader.ts';
import type { DigestSource } from './usage/digest-source.ts';
import type { Digests } from './usage/digests.ts';
import type { EsimDirectory } from './usage/esim-directory.ts';
import type { EsimSearch } from './usage/esim-search.ts';
import type { Forecasting } from './usage/forecasting.ts';
import type { UsageService } from './usage/platform.ts';
import type { Watches } from './usage/watches.ts';
import { VERSION } from './version.ts';

/** What questions beside the plain lookup are answered from. */
export interface InquirySources {
  readonly details: DetailReader;
  readonly directory: EsimDirectory;
  readonly search: EsimSearch;
  readonly usageService: UsageService;
  readonly watches: Watches;
  readonly digests: Digests;
  readonly digestSource: DigestSource;
  readonly forecasting: Forecasting;
  readonly clock: Clock;
  readonly log: Log;
}

/** Every topic with its handler; the compiler names one that is missing. */
export function openInquiries({
  details,
  directory,
  search,
  usageService,
  watches,
  digests,
  digestSource,
  forecasting,
  clock,
  log,
}: InquirySources): InquiryRouter {
  const finding = { directory, search, clock };
  const orders = createOrdersHandler({ details, clock }, createOrderHandler(finding));
  return createInquiryRouter(
    {
      ...createDetailHandlers({ details, clock, log, drawQr, noteOrder: directory.noteOrder }),
      find: createFindHandler(finding),
      order: orders,
      orders,
      plans: createPlansHandler({ details, clock }),
      name: createNameHandler(finding),
      names: createNamesHandler({ directory, clock }),
      unname: createUnnameHandler({ directory, clock }),
      watch: createWatchHandler({ watches, usageService, clock }),
      watches: createWatchesHandler({ watches, usageService, clock, namesOf: directory.namesOf }),
      unwatch: createUnwatchHandler({ watches, usageService, clock, namesOf: directory.namesOf }),
      digest: createDigestHandler({ digests, source: digestSource, clock, namesOf: directory.namesOf }),
      trend: createTrendHandler({ usageService, forecasting, draw: drawTrend, clock, log }),
      reply: createReplyHandler({ usageService, clock }),
      recent: createRecentHandler({ usageService, directory, watches, clock }),
      cancel: createCancelHandler({ usageService, clock }),
      status: createStatusHandler({ usageService, clock, version: VERSION }),
    },
    clock,
    directory.namesOf,
  );
}

/** The renderer is loaded with the first picture: most processes never draw one. */
async function drawQr(text: string): Promise<Uint8Array> {
  return (await import('./pictures/qr-picture.ts')).drawQr(text);
}

async function drawTrend(trend: UsageTrend, locale: string): Promise<Uint8Array> {
  return (await import('./pictures/trend-picture.ts')).drawTrend(trend, locale);
}
