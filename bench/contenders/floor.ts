/** The floor: Bolt, a handler, a constant. What any bot on Bolt must cost. */
import { startBolt } from './bolt.ts';
import { ready } from './control.ts';

const { app, port } = await startBolt();
app.command('/esim-usage', async ({ ack, respond }) => {
  await ack();
  await respond({ text: '1331 MB of 5120 MB left', response_type: 'ephemeral' });
});
ready(port);
