import type { AgentUseCases } from './api/agents.ts';
import type { ApprovalUseCases } from './api/approvals.ts';
import type { ArtifactUseCases } from './api/artifacts.ts';
import type { AuditUseCases } from './api/audit.ts';
import type { DisposalUseCases } from './api/disposal.ts';
import type { KeyUseCases } from './api/keys.ts';
import type { RunUseCases } from './api/runs.ts';
import type { TenantUseCases } from './api/tenants.ts';
import type { TranscriptUseCases } from './api/transcripts.ts';
import type { UploadUseCases } from './api/uploads.ts';
import type { WebhookUseCases } from './api/webhooks.ts';
import type { WorkerUseCases } from './api/workers.ts';

/**
 * The use cases behind the front door. All act in the caller's tenant, never reveal another's
 * resources (`resource.not-found`), and throw nothing but `TandemError`. The handlers have checked shapes and the
 * route's role; what depends on the resource (the role that an approval asks for) is checked here.
 */
export interface Api
  extends AgentUseCases,
    RunUseCases,
    TranscriptUseCases,
    ApprovalUseCases,
    ArtifactUseCases,
    AuditUseCases,
    DisposalUseCases,
    KeyUseCases,
    TenantUseCases,
    UploadUseCases,
    WebhookUseCases,
    WorkerUseCases {}
