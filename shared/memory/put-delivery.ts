import type { Delivery } from '../domain/webhooks/delivery.ts';
import { entry, type TenantDisk } from './disk.ts';

/** Puts a delivery after the revision before it; the disk keeps the object it is given. */
export function putDelivery({ deliveries }: TenantDisk, delivery: Delivery): boolean {
  const ofWebhook = entry(deliveries, delivery.webhook, () => new Map<string, Delivery>());
  const present = ofWebhook.get(delivery.delivery)?.revision ?? 0;
  if (present !== delivery.revision - 1) return false;
  ofWebhook.set(delivery.delivery, delivery);
  return true;
}
