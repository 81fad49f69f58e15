import type { TenantWaitTokens, WaitToken, WaitTokens } from '../../ports/wait-tokens.ts';
import { number, numberOf, text, textOf } from './items.ts';
import { joined } from './keys.ts';
import type { DynamoStore } from './store.ts';
import { put, remove } from './writes.ts';

/** How long a token is kept at most: no execution waits for longer than a year. In milliseconds. */
const keptMs = 366 * 24 * 3_600_000;

export const tokenKey = (tenant: string, run: string): { readonly pk: string } => ({
  pk: joined('token', tenant, run),
});

/** Task tokens of waiting generations in DynamoDB. */
export class DynamoWaitTokens implements WaitTokens {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantWaitTokens {
    const store = this.#store;
    return {
      put: async (token) => {
        const values = { generation: number(token.generation), loop: number(token.loop) };
        const item = {
          pk: text(tokenKey(tenant, token.run).pk),
          ...values,
          token: text(token.token),
          told: number(token.told),
          expires: number(Math.ceil((store.now() + keptMs) / 1_000)),
        };
        const isNoLater = {
          that: `attribute_not_exists(pk) OR #generation < :generation
            OR (#generation = :generation AND #loop <= :loop)`,
          names: ['generation', 'loop'],
          values,
        };
        await store.write(put(store.passing, item, isNoLater));
      },
      get: (run) => this.#get(tenant, run),
      delete: async ({ run, generation, token }) => {
        await store.write(
          remove(store.passing, tokenKey(tenant, run), {
            that: '#generation = :generation AND #token = :token',
            names: ['generation', 'token'],
            values: { generation: number(generation), token: text(token) },
          }),
        );
      },
    };
  }

  async #get(tenant: string, run: string): Promise<WaitToken | undefined> {
    const item = await this.#store.get(this.#store.passing, tokenKey(tenant, run));
    if (!item) return undefined;
    return {
      run,
      generation: numberOf(item, 'generation'),
      loop: numberOf(item, 'loop'),
      token: textOf(item, 'token'),
      told: numberOf(item, 'told'),
    };
  }
}
