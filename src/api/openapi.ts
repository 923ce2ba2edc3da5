import { z } from 'zod';
import { VERSION } from '../version.ts';
import * as schemas from './schemas.ts';

/** The schemas that the document names. */
const NAMED = {
  UsageReply: schemas.usageReply,
  PackagesReply: schemas.packagesReply,
  DetailsReply: schemas.detailsReply,
  TopUpsReply: schemas.topUpsReply,
  LookupRequest: schemas.lookupRequest,
  LookupReply: schemas.lookupReply,
  Problem: schemas.problem,
  CallbackBody: schemas.callbackBody,
} as const;
type Name = keyof typeof NAMED;

/** The OpenAPI 3.1 document, made of the zod schemas: what is answered and what is written down cannot part. */
export function openApiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'esim-usage-bot',
      version: VERSION,
      summary: 'What is left on an Airalo eSIM, through one cache and one gate.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document comes from' }],
    security: [{ key: [] }],
    paths: {
      '/v1/esims/{iccid}/usage': {
        get: ofOneEsim(
          'getUsage',
          'Usage of one eSIM (scope `usage`)',
          'UsageReply',
          [
            {
              name: 'callback',
              in: 'query',
              description: 'Where a deferred answer is sent',
              schema: { type: 'string', format: 'uri' },
            },
            {
              name: 'Prefer',
              in: 'header',
              description: '`wait=20`: wait so many seconds, 20 at most',
              schema: { type: 'string' },
            },
          ],
          callbacks('{$request.query.callback}'),
        ),
      },
      '/v1/esims/{iccid}/packages': {
        get: ofOneEsim('getPackages', 'Packages it has or had (scope `details`)', 'PackagesReply'),
      },
      '/v1/esims/{iccid}/details': {
        get: ofOneEsim('getDetails', 'Its order (scope `details`)', 'DetailsReply', [
          {
            name: 'activation',
            in: 'query',
            description: 'With what activates it (scope `secrets`)',
            schema: { type: 'boolean' },
          },
        ]),
      },
      '/v1/esims/{iccid}/topups': {
        get: ofOneEsim(
          'getTopUps',
          'Top-ups that could be bought (scope `details`; prices: `prices`)',
          'TopUpsReply',
        ),
      },
      '/v1/esims/lookup': {
        post: {
          operationId: 'lookup',
          summary: `Usage of up to ${schemas.MAX_LOOKUP} eSIMs (scope \`usage\`)`,
          requestBody: { required: true, content: json('LookupRequest') },
          responses: {
            200: { description: 'One reply for each', content: json('LookupReply') },
            default: refusal,
          },
          ...callbacks('{$request.body#/callback}'),
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'esim-usage-bot keys add' } },
      schemas: componentsOf(),
    },
  };
}

const ref = (name: Name) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: Name) => ({ 'application/json': { schema: ref(name) } });
const refusal = {
  description: 'A refusal (RFC 9457)',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};
const seconds = (description: string) => ({ description, schema: { type: 'integer' } });
const text = (description: string) => ({ description, schema: { type: 'string' } });

function ofOneEsim(
  operationId: string,
  summary: string,
  reply: Name,
  parameters: readonly object[] = [],
  more: object = {},
) {
  const iccid = {
    name: 'iccid',
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: '^\\d{18,22}$' },
  };
  return {
    operationId,
    summary,
    parameters: [iccid, ...parameters],
    responses: {
      200: {
        description: '`fresh` or `cached`',
        headers: { ETag: text('Of the value'), 'Cache-Control': text('Until Airalo may be asked again') },
        content: json(reply),
      },
      202: {
        description: '`deferred`: ask again, or wait for the callback',
        headers: { 'Retry-After': seconds('From when on there may be an answer') },
        content: json(reply),
      },
      304: { description: 'The value that the client has' },
      default: refusal,
    },
    ...more,
  };
}

/** Signed: see docs/api.md. */
function callbacks(expression: string) {
  return {
    callbacks: {
      answer: {
        [expression]: {
          post: {
            summary: 'The promised answer',
            requestBody: { required: true, content: json('CallbackBody') },
            responses: { '2XX': { description: 'Taken' } },
          },
        },
      },
    },
  };
}

/** Each as JSON Schema, with references between them. */
function componentsOf() {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(made).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}
