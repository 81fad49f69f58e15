import type { Json } from '../../../shared/domain/json.ts';
import { endpoint } from '../endpoint.ts';
import { routes } from '../routes.ts';
import type { Service } from '../service.ts';
import { serviceRoutes } from './routes.ts';

export const getOpenApi = ({ version }: Service) => {
  let document: Promise<Json> | undefined;
  return endpoint(serviceRoutes.getOpenApi, async () => {
    document ??= compose(version).catch((error: unknown) => {
      document = undefined;
      throw error;
    });
    return { data: await document };
  });
};

/** Loaded when first asked for: most servers never are. */
async function compose(version: string): Promise<Json> {
  const { openApiDocument } = await import('../openapi/document.ts');
  const { examples } = await import('../openapi/examples.ts');
  return openApiDocument(routes, { version, examples });
}
