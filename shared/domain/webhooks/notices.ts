import type { AuditEvent } from '../audit/events.ts';
import type { RunEvent } from '../events.ts';
import { runRow } from '../project.ts';
import type { ApprovalRow, ProjectionChange } from '../projections.ts';
import type { RunState } from '../state.ts';
import { isWebhookEvent, type WebhookEvent, type webhookTest } from './events.ts';

/** Something that webhooks are told, before it is known which. */
export interface Notice {
  /** Id of the event that it tells. */
  readonly id: string;
  readonly event: WebhookEvent | typeof webhookTest;
  readonly at: string;
  /** The run, approval or agent that it is about. */
  readonly subject?: string;
  /** The run that it belongs to: it goes with it. */
  readonly run?: string;
  /** Place of the event in its log. */
  readonly sequence?: number;
  readonly data: object;
}

/**
 * What an append to a run's log tells: the run or the approval as lists show it. Inputs, outputs and the details of
 * approvals are not among it: who may see those can ask.
 */
export function runNotices(
  after: RunState,
  events: readonly RunEvent[],
  projections: readonly ProjectionChange[],
): readonly Notice[] {
  const notices: Notice[] = [];
  for (const { id, type, at, seq, payload } of events) {
    if (!isWebhookEvent(type)) continue;
    const told = 'approval' in payload ? approvalAmong(projections, payload.approval) : runRow(after);
    const subject = 'approval' in payload ? payload.approval : after.run;
    notices.push({ id, event: type, at, subject, run: after.run, sequence: seq, data: told });
  }
  return notices;
}

function approvalAmong(projections: readonly ProjectionChange[], approval: string): object {
  const row = projections.find((one): one is { kind: 'approval'; row: ApprovalRow } => {
    return one.kind === 'approval' && one.row.approval === approval;
  })?.row;
  const { details: _, ...told } = row ?? { approval };
  return told;
}

/** What events of a tenant's audit log tell. */
export function auditNotices(events: readonly AuditEvent[]): readonly Notice[] {
  const notices: Notice[] = [];
  for (const event of events) {
    const { id, at, seq, tenant } = event;
    if (event.type === 'agent.published') {
      const { agent, number, digest, description } = event.payload;
      const data = { tenant, agent, number, digest, ...(description === undefined ? {} : { description }) };
      notices.push({ id, event: event.type, at, subject: agent, sequence: seq, data });
    } else if (event.type === 'tenant.suspended') {
      notices.push({
        id,
        event: event.type,
        at,
        subject: tenant,
        sequence: seq,
        data: { tenant, ...event.payload },
      });
    }
  }
  return notices;
}
