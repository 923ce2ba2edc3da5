/** The bot itself, as `npm start` runs it. */

import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { requireAiralo } from '../../src/config.ts';
import { createLog } from '../../src/ops/log.ts';
import { ready } from './control.ts';

const config = requireAiralo(process.env, ['platform']);
const log = createLog('error');
const fail = (error: Error) => log.fatal({ err: error }, error.message);
const app = await createApp(config, config.airalo, { clock: systemClock, log, fail, serveHttp: true });
await app.start();
ready(app.httpPort() ?? 0);
