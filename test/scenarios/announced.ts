import assert from 'node:assert/strict';
import { openApiDocument } from '../../functions/http/openapi/document.ts';
import { examples } from '../../functions/http/openapi/examples.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const { paths } = openApiDocument(routes, { version: '0.0.0', examples }) as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const known = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  operation: paths[path]?.[method.toLowerCase()] as Operation,
}));

/** As `fetch`; fails when an answer is one that the OpenAPI document does not announce for its route. */
export const announced: typeof fetch = async (address, init) => {
  const response = await fetch(address, init);
  const { pathname } = new URL(String(address));
  const method = init?.method ?? 'GET';
  const route = known.find((one) => one.method === method && one.pattern.test(pathname));
  if (!route) return response;
  const announcement = route.operation.responses[response.status];
  assert.ok(announcement, `${method} ${pathname} answers ${response.status}, which is not announced`);
  if (response.status < 400) return response;
  const { code } = (await response.clone().json()) as { code: string };
  assert.ok(announcement.description.includes(`\`${code}\``), `${method} ${pathname} answers with ${code}`);
  return response;
};
