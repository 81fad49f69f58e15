// Paths of the API's resources, with what is no letter or digit encoded.
export const aliasPath = (agent: string, alias: string) =>
  `/v1/agents/${encodeURIComponent(agent)}/aliases/${encodeURIComponent(alias)}`;

export const runPath = (run: string) => `/v1/runs/${encodeURIComponent(run)}`;

export const auditPath = (platform: boolean) => (platform ? '/v1/platform/audit' : '/v1/audit');

export const keyPath = (key: string) => `/v1/keys/${encodeURIComponent(key)}`;

export const tenantPath = (tenant: string) => `/v1/tenants/${encodeURIComponent(tenant)}`;

export const webhookPath = (webhook: string) => `/v1/webhooks/${encodeURIComponent(webhook)}`;

export const deliveryPath = (webhook: string, delivery: string) =>
  `${webhookPath(webhook)}/deliveries/${encodeURIComponent(delivery)}`;

export const approvalPath = (approval: string) => `/v1/approvals/${encodeURIComponent(approval)}`;

export const reasonOf = (reason: string | undefined) => (reason === undefined ? {} : { reason });
