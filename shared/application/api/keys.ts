import type { ApiKey, Role } from '../../domain/audit/records.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, PageRequest } from '../../ports/projections.ts';
import type { Idempotency, Why } from './runs.ts';

export interface KeyUseCases {
  createKey(caller: Principal, key: NewKey): Promise<CreatedKey>;
  /** In the order they were made, revoked ones too. */
  listKeys(caller: Principal, page: PageRequest): Promise<Page<KeyView>>;
  getKey(caller: Principal, key: string): Promise<KeyView>;
  /** From then on nobody gets in with it. Revoking it again is no change. */
  revokeKey(caller: Principal, key: string, why: Why): Promise<KeyView>;
}

export interface NewKey {
  readonly name: string;
  readonly roles: readonly Role[];
  /** ISO 8601 UTC; without it the key is good until it is revoked. */
  readonly expiresAt?: string;
  readonly idempotency?: Idempotency;
}

/** A key as everybody may see it. */
export type KeyView = Omit<ApiKey, 'secretDigest' | 'request'>;

export interface CreatedKey extends KeyView {
  /** What is sent as a bearer token. Told once. */
  readonly secret: string;
}
