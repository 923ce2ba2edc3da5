/** An afternoon's work: Bolt, and Airalo's official SDK in the handler. */
import { startBolt } from './bolt.ts';
import { ready } from './control.ts';

const { usageText } = await import('./airalo-sdk.ts');
const { app, port } = await startBolt();
app.command('/esim-usage', async ({ ack, command, respond }) => {
  await ack();
  await respond({ text: await usageText(command.text), response_type: 'ephemeral' });
});
ready(port);
