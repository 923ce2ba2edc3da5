/** Bolt, a handler, and the bot's card as a constant in the acknowledgement: what any bot must cost that shows it. */
import { content, slackPen } from '../../src/platforms/slack/pen.ts';
import { startBolt } from './bolt.ts';
import { ready } from './control.ts';
import { sameCard } from './same-card.ts';

const { app, port } = await startBolt();
const card = content(sameCard(slackPen));
app.command('/esim-usage', ({ ack }) => ack({ ...card, response_type: 'ephemeral' }));
ready(port);
