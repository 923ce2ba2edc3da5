// The other side of CUSTOMER_LOOKUP_URL, to copy from: node docs/customer-lookup-server.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { CUSTOMER_LOOKUP_SECRET: secret = '', PORT = '8085' } = process.env;
const MAX_AGE_SECONDS = 300;
const MAX_BODY_BYTES = 10_000;

/** Yours: look into your shop's database. At most a hundred eSIMs; none found is an empty list. */
function find(query, kind) {
  const customers = [
    { email: 'anna@example.com', order: '#1042', iccids: ['8910000000001000019', '8910000000001000035'] },
    { email: 'ben@example.com', order: '#1043', iccids: ['8910000000001000050'] },
  ];
  const wanted = query.toLowerCase();
  const fits = ({ email, order }) =>
    kind === 'email' ? email === wanted : order === wanted || order === `#${wanted}`;
  return customers.filter(fits).map(({ order, iccids }) => ({ label: `Order ${order}`, iccids }));
}

createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
    if (Buffer.concat(chunks).length > MAX_BODY_BYTES) return request.destroy();
  }
  const body = Buffer.concat(chunks);
  // 1. Signed by the bot: HMAC-SHA256 of the bytes as they came, in hex; compared in constant time.
  const wanted = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(String(request.headers['x-esim-usage-signature'] ?? ''), 'hex');
  if (secret === '' || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return answer(401, { error: 'signature' });
  // 2. Made just now: the timestamp is within what is signed.
  const { query, kind, timestamp } = JSON.parse(body.toString('utf8'));
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= MAX_AGE_SECONDS)) return answer(401, { error: 'age' });
  return answer(200, { matches: find(String(query), kind) });
}).listen(Number(PORT), '127.0.0.1', function listening() {
  process.stdout.write(`Customer lookups on http://127.0.0.1:${this.address().port}\n`);
});
