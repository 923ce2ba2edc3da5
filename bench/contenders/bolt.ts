import { App } from '@slack/bolt';

/** Bolt over HTTP as its documentation starts it, pointed at the imitated Slack. */
export async function startBolt(): Promise<{ app: App; port: number }> {
  const app = new App({
    token: process.env.SLACK_BOT_TOKEN ?? '',
    signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
    clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
  });
  const server = await app.start(0);
  const address = 'address' in server ? server.address() : null;
  return { app, port: address !== null && typeof address === 'object' ? address.port : 0 };
}
