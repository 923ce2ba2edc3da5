import { createServer } from 'node:http';
import { z } from 'zod';

/** The demo shop's own records, on this computer: what stands behind `CUSTOMER_LOOKUP_URL`. */
export interface DemoRecords {
  readonly url: string;
  close(): Promise<void>;
}

/** Whose eSIMs are whose; the numbers are the simulator's. */
const CUSTOMERS = [
  {
    email: 'anna@example.com',
    order: '#1042',
    iccids: ['8910000000001000019', '8910000000001000035', '8910000000001000050'],
  },
  { email: 'ben@example.com', order: '#1043', iccids: ['8910000000001000043'] },
];
const question = z.object({ query: z.string(), kind: z.string() });

/** Takes what the demo sends, unchecked: nobody else knows its port. docs/customer-lookup-server.mjs shows how a real one verifies. */
export async function startDemoRecords(): Promise<DemoRecords> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const asked = question.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).data;
    const matches = asked === undefined ? [] : matchesOf(asked.query);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ matches }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/lookup`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function matchesOf(query: string) {
  const wanted = query.toLowerCase();
  return CUSTOMERS.filter(({ email, order }) => [email, order, order.slice(1)].includes(wanted)).map(
    ({ order, iccids }) => ({ label: `Order ${order}`, iccids }),
  );
}
