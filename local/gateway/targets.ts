import type { Served } from '../../functions/http/handlers.ts';
import type { GatewayOptions, RawRoute } from './gateway.ts';
import { RouteTree } from './route-tree.ts';

/** What a path leads to at the gateway. */
export type Target =
  | { readonly kind: 'handler'; readonly served: Served }
  | { readonly kind: 'document'; readonly text: string; readonly path: string }
  | { readonly kind: 'raw'; readonly route: RawRoute };

/** The paths of handlers, published documents and raw routes in one tree. */
export function targetsOf({ handlers, documents = {}, raw = [] }: GatewayOptions): RouteTree<Target> {
  const tree = new RouteTree<Target>();
  for (const served of handlers) {
    tree.add(served.route.method, served.route.path, { kind: 'handler', served });
  }
  for (const [path, document] of Object.entries(documents)) {
    tree.add('GET', path, { kind: 'document', text: JSON.stringify(document), path });
  }
  for (const route of raw) tree.add(route.method, route.path, { kind: 'raw', route });
  return tree;
}

/** Template of the route, for the log. */
export function templateOf(target: Target): string {
  if (target.kind === 'handler') return target.served.route.path;
  return target.kind === 'raw' ? target.route.path : target.path;
}
