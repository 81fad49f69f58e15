import type { Json } from '../../domain/json.ts';

export interface WorkerUseCases {
  /** What a worker says about its operation; its ticket is its only credential (rule 10). */
  report(ticket: string, message: Json): Promise<Json>;
}
