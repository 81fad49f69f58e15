import type { Identity } from '../../shared/ports/identity.ts';
import { testIssuer } from '../../test/support/test-issuer.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const times = 2_000;

/** Who calls, by a token that was seen before and by one that was not. */
export async function tokens(): Promise<readonly Figure[]> {
  const { identity, token } = testIssuer();
  const fresh = Array.from({ length: 2 * times }, (_, index) => token({ jti: String(index) }));
  // The first half only warms up.
  const uncached = await timed(identity, fresh);
  const cached = await timed(
    identity,
    fresh.slice(times).flatMap((known) => [known, known]),
  );
  return [
    { name: 'token, known', unit: 'ms', value: cached, targets: [below('p50', 0.3)] },
    { name: 'token, new', unit: 'ms', value: uncached, targets: [], note: 'RS256, 2,048 bits' },
  ];
}

async function timed(identity: Identity, all: readonly string[]) {
  const samples: number[] = [];
  for (const token of all) {
    const began = performance.now();
    await identity.verify(token);
    samples.push(performance.now() - began);
  }
  return distribution(samples.slice(times));
}
