import type { Delivery } from '../domain/webhooks/delivery.ts';
import type { Page, PageRequest } from './projections.ts';

/** A webhook that something is to be sent to, and when first. */
export interface Lane {
  readonly tenant: string;
  readonly webhook: string;
  /** ISO time. */
  readonly dueAt: string;
}

export interface DeliveryFilter extends PageRequest {
  readonly status?: Delivery['status'];
}

/**
 * What webhooks of one tenant are sent. Deliveries are made by the append whose events they tell, in its transaction:
 * `deliveries` of an `Append` and an `AuditAppend`. What is acknowledged survives any crash.
 */
export interface TenantOutbox {
  get(webhook: string, delivery: string): Promise<Delivery | undefined>;
  /** Newest first. */
  list(webhook: string, filter: DeliveryFilter): Promise<Page<Delivery>>;
  /** Those due at or before `before` (ISO), longest due first. */
  due(webhook: string, before: string, limit: number): Promise<readonly Delivery[]>;
  /**
   * Puts a delivery in the place of its earlier revision, or, as revision 1, a new one. `false`, and nothing is changed,
   * when the one that is there is not the revision before, or there is none.
   */
  put(delivery: Delivery): Promise<boolean>;
  removeAll(webhook: string): Promise<void>;
}

export interface Outbox {
  forTenant(tenant: string): TenantOutbox;
  /** Every webhook that something is to be sent to: all that is due by itself, however much it is. */
  lanes(): Promise<readonly Lane[]>;
  /** Forgets deliveries that are done and were made before `before` (ISO): some at a time; answers how many. */
  prune(before: string): Promise<number>;
}
