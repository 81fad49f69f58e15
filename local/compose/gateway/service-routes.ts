import type { RawRoute } from '../../gateway/gateway.ts';
import { answerWith, sendOn } from './upstream.ts';

/** How long a service on the network of the twin may be silent, in milliseconds. */
const silenceMs = 30_000;

/** Sends everything below a path on to a service, bytes as they come both ways, `Host` untouched. */
export function serviceRoutes(
  origin: string,
  methods: readonly RawRoute['method'][],
  paths: readonly string[],
): readonly RawRoute[] {
  return paths.flatMap((path) =>
    methods.map((method) => ({
      method,
      path,
      async handle(message, response) {
        const asked = message.method ?? method;
        const url = origin + message.url;
        await answerWith(await sendOn(message, { url, method: asked, body: message, silenceMs }), response);
      },
    })),
  );
}
