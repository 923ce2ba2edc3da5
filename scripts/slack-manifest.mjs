// Hook of the Slack CLI (.slack/hooks.json): the app's manifest as JSON, answered in the protocol that the CLI asks for.
import { readFileSync } from 'node:fs';
import { getProtocol } from '@slack/cli-hooks/src/protocols.js';
import { parse } from 'yaml';

const manifest = new URL('../manifests/slack-app.yaml', import.meta.url);
getProtocol(process.argv.slice(1)).respond(JSON.stringify(parse(readFileSync(manifest, 'utf8'))));
