/** The parts that the product is built in; a requirement without proof names the one that will bring it. */
export type Part =
  | 'front door'
  | 'stepfunctions conformance'
  | 'spaces and policy'
  | 'packages'
  | 'sessions and live channel'
  | 'worlds'
  | 'models and tools'
  | 'console'
  | 'observability'
  | 'reference app';

/**
 * Where a requirement stands: proven by tests, to come with a part, or settled by a decision record. A proof is
 * `path/of/a.test.ts#name of the test` (or `#suite › test`), in a test file or in a suite that one runs; `…` stands for
 * what a name takes from its case.
 */
export type Standing =
  | { readonly proven: readonly string[] }
  | { readonly later: Part }
  | { readonly adr: string };

/** Number, wording in short, and standing. */
export type Requirement = readonly [number: number, wording: string, standing: Standing];

/** How many requirements the product documents have. */
export const requirementCount = 316;

const proven = (...proofs: readonly string[]): Standing => ({ proven: proofs });
const later = (part: Part): Standing => ({ later: part });

const speeds: Standing = { adr: 'docs/adr/0006-speeds.md' };
const spacesAndPolicy = later('spaces and policy');
const packages = later('packages');
const sessions = later('sessions and live channel');
const worlds = later('worlds');
const modelsAndTools = later('models and tools');
const dashboard = later('console');
const observability = later('observability');
const referenceApp = later('reference app');
const decided: Standing = { adr: 'docs/adr/0002-scope-and-open-questions.md' };

/** Every requirement of the product documents, by their numbers. */
export const requirements: readonly Requirement[] = [
  // Tenancy, identity, access
  [
    1,
    'OIDC authentication: a bearer token on every call',
    proven(
      'test/security/tokens.test.ts#a token is refused: …',
      'functions/http/handlers.test.ts#…: without a credential it is refused',
    ),
  ],
  [
    2,
    'A tenant is an isolation boundary; every resource is authorised within it',
    proven(
      'test/scenarios/tenants.scenarios.ts#see nothing of each other',
      'test/security/tokens.test.ts#a token never reaches another tenant than its own',
      'test/scenarios/suspension.scenarios.ts#refuses its requests at once, says why, and no others',
      'test/scenarios/suspension.scenarios.ts#refuses a tenant that nobody has made',
    ),
  ],
  [
    3,
    'An agent is never executed across tenants',
    proven(
      'test/scenarios/tenants.scenarios.ts#do not call agents of each other',
      'test/scenarios/required-roles.scenarios.ts#an agent of another tenant cannot be called at all',
    ),
  ],
  [
    4,
    "An agent's export can require a role",
    proven(
      'test/scenarios/required-roles.scenarios.ts#is needed for a start by number, digest, alias or none of them',
      'test/scenarios/required-roles.scenarios.ts#is not got round by an agent that calls: the roles of who started it count, on every level',
      'clients/cli/programs/manifest.test.ts#the package beside a program says which role starting it takes',
    ),
  ],
  [
    5,
    'TLS in front; self-signed locally',
    proven(
      'test/security/tls.test.ts#TLS › serves the command line and workers, who believe this one certificate and no other',
      'test/security/tls.test.ts#TLS › with a certificate of your own reaches workers by whatever name it bears',
      'local/tls/server-certificate.test.ts#the certificate is for this machine, to serve only, and kept privately',
    ),
  ],
  [
    6,
    'Pluggable authentication: shared secret',
    proven(
      'test/security/credentials.test.ts#credentials › the shared secret is one caller of one role in one tenant',
    ),
  ],
  [
    7,
    'Pluggable authentication: OAuth or API key',
    proven(
      'local/identity/oauth/authorization-server.test.ts#the authorization server › an independent client gets through discovery, sign-in, code and refresh',
      'local/identity/oauth/authorization-server.test.ts#the authorization server › a machine gets a token by its secret, without a refresh token',
      'test/scenarios/keys.scenarios.ts#start runs, and are named by what they do',
      'test/security/api-keys.test.ts#that is revoked lets nobody in, from the next request on, and stays so',
    ),
  ],
  [
    8,
    'Pluggable authentication: API key or none, locally',
    proven(
      'test/scenarios/keys.scenarios.ts#API keys are still good, and revoked ones still are not',
      'test/security/credentials.test.ts#credentials › without authentication is for loopback only',
    ),
  ],
  [
    9,
    'A hook for a custom token provider',
    proven(
      "test/security/credentials.test.ts#credentials › the host's own code is asked last, and its answer is checked",
    ),
  ],
  // Policy, approvals, secrets, audit
  [10, 'Tool allow-lists', spacesAndPolicy],
  [11, 'Outbound network policy is enforced', spacesAndPolicy],
  [12, 'Every file, command, network and API access is governed by a policy', spacesAndPolicy],
  [13, 'Sensitive capabilities are denied by default', spacesAndPolicy],
  [14, 'Approval gates for commands, paths, domains and more', spacesAndPolicy],
  [
    15,
    'Approvals block, ask, and let the agent go on accordingly',
    proven(
      'test/scenarios/approvals.scenarios.ts#ask a person what, why and with which impact; a yes lets the run go on',
      'test/scenarios/approvals.scenarios.ts#may be denied, and the program goes on accordingly',
    ),
  ],
  [
    16,
    'An approval states what, why and with which impact',
    proven(
      'test/scenarios/approvals.scenarios.ts#ask a person what, why and with which impact; a yes lets the run go on',
    ),
  ],
  [17, 'Executed code uses secrets that the model never sees', spacesAndPolicy],
  [18, 'Existing secret stores are used', spacesAndPolicy],
  [
    19,
    'An immutable audit log per run: operations, events, approvals, denials',
    proven(
      'test/scenarios/running.scenarios.ts#runs a program to its end, on the record',
      'shared/domain/verify.test.ts#a flipped byte anywhere is found',
      'shared/domain/verify.test.ts#a cut tail is found, of a run that has not ended too',
    ),
  ],
  [20, 'Sensitive outputs can be redacted', spacesAndPolicy],
  [
    21,
    'Tokens are scrubbed from logs',
    proven(
      'shared/logging/scrub.test.ts#… is scrubbed',
      'functions/http/handlers.test.ts#every request leaves one line in the log, without secrets',
    ),
  ],
  [22, 'A denial is a clear error with a suggestion', spacesAndPolicy],
  [23, 'Developers restrict actions, commands, files and APIs in detail', spacesAndPolicy],
  // Agents, versions, profiles
  [
    24,
    'An agent is a named capability',
    proven('test/scenarios/publishing.scenarios.ts#publishes a version once, however often it is sent'),
  ],
  [
    25,
    'An agent version is immutable',
    proven('test/scenarios/publishing.scenarios.ts#refuses other content under a number that is taken'),
  ],
  [
    26,
    'A new version leaves earlier runs as they are',
    proven(
      'test/scenarios/publishing.scenarios.ts#leaves earlier runs with their version; a run may ask for one',
      'test/scenarios/aliases.scenarios.ts#a new version leaves earlier runs with theirs, and takes over when its alias moves',
    ),
  ],
  [27, 'Many profiles, none built in', referenceApp],
  [28, 'A profile holds system prompt, configuration files and MCP servers', referenceApp],
  [29, 'Template variables in profiles', referenceApp],
  [30, 'Profiles are loaded when a session is created', referenceApp],
  [31, 'A profile that cannot be loaded fails the session with a clear message', referenceApp],
  [32, 'Profiles come from any source', referenceApp],
  [33, 'A new profile needs no change of the core', referenceApp],
  // Adapters
  [34, '`SessionPersistenceAdapter`', referenceApp],
  [35, '`StorageBackend`', referenceApp],
  [36, '`AgentProfileLoader`', referenceApp],
  [37, '`SandboxConfigProvider`', referenceApp],
  [38, 'All adapters are given to the constructor', referenceApp],
  [
    39,
    'Public interfaces are fully typed, without `any`',
    proven('test/architecture/settings.test.ts#refuse `any`, and nothing makes an exception'),
  ],
  [40, 'A failing adapter emits an error event and never crashes the runtime', referenceApp],
  [41, 'A new adapter needs no change of the core', referenceApp],
  [42, 'Interfaces stay backwards compatible where possible', referenceApp],
  [43, 'Session metadata can be extended', referenceApp],
  [44, 'A generic SQL adapter can be implemented', referenceApp],
  [45, 'S3-compatible storage adapter', referenceApp],
  [46, 'Profiles from an internal API can be implemented', referenceApp],
  [47, 'A file adapter in fewer than 100 lines', referenceApp],
  // Tools and code capabilities
  [48, 'MCP servers per agent by configuration alone', modelsAndTools],
  [49, 'MCP tools are isolated per sandbox', modelsAndTools],
  [50, 'MCP configuration carries environment variables', modelsAndTools],
  [51, 'Application tools come through adapters', referenceApp],
  [52, 'MCP servers by command or by code', modelsAndTools],
  [53, 'Tool failures reach the client', modelsAndTools],
  [54, 'Tools are ordinary calls in code inside the space', modelsAndTools],
  [55, 'A developer puts an API client into a space', modelsAndTools],
  [56, 'Capabilities compose in code', modelsAndTools],
  [57, 'Tools offered outward are executed in the space', modelsAndTools],
  [58, 'Loaders for further language runtimes', packages],
  // Runs and orchestration
  [
    59,
    'Runs are created asynchronously',
    proven(
      'test/scenarios/running.scenarios.ts#answers at once without wait=, and with it when the run has ended',
    ),
  ],
  [
    60,
    'Status and history of a run can be queried',
    proven(
      'test/scenarios/reading.scenarios.ts#gives the log in pages, from any event on',
      'test/scenarios/reading.scenarios.ts#lists runs newest first, page by page, by agent, status and session',
    ),
  ],
  [
    61,
    'Active runs can be cancelled',
    proven(
      'test/scenarios/control.scenarios.ts#a waiting run can be cancelled',
      'test/scenarios/control.scenarios.ts#a command is stopped when its run is cancelled',
    ),
  ],
  [
    62,
    'Active runs can be signalled',
    proven(
      'test/scenarios/signals.scenarios.ts#reach a run that waits, with what they carry',
      'test/scenarios/signals.scenarios.ts#that come early are kept, in their order, until the program waits for them',
    ),
  ],
  [
    63,
    'All state of a run is durable',
    proven(
      'test/simulation/sweep.test.ts#every call was cut, and there are as many as there should be',
      'test/contract/event-log.contract.ts#what was appended is there after a restart',
    ),
  ],
  [
    64,
    'Each run is one durable workflow',
    proven(
      'state-machines/run/machine.test.ts#a run that only advances',
      'state-machines/run/machine.test.ts#a command, an approval and a signal are waited for by token',
    ),
  ],
  [
    65,
    'Retries and back-off',
    proven(
      'state-machines/run/machine.test.ts#what can pass is tried again',
      'state-machines/run/definition.test.ts#every task retries what can pass, with jitter and a longest delay, and nothing that cannot',
    ),
  ],
  [
    66,
    'Long-running tasks',
    proven(
      'test/scenarios/commands.scenarios.ts#may take longer than a function can',
      'state-machines/run/machine.test.ts#a person may take all the time there is',
    ),
  ],
  [
    67,
    'Pause and resume by signals',
    proven(
      'test/scenarios/control.scenarios.ts#a paused run does nothing more until it is resumed',
      'test/scenarios/control.scenarios.ts#decisions that come while paused are kept',
    ),
  ],
  [
    68,
    'Stateless workers carry out activities',
    proven(
      'test/simulation/sweep.test.ts#call …, …, …',
      'test/contract/program-host.contract.ts#forgetting the run before every question changes nothing: …',
    ),
  ],
  [69, 'Activities: model calls, tools, storage', modelsAndTools],
  [
    70,
    'Execution survives worker restarts',
    proven(
      'state-machines/run/crash.test.ts#at each transition leads to the same end by the same way',
      'test/simulation/sweep.test.ts#call …, …, …',
      'local/stepfunctions/executions/simulation.test.ts#executions cut after each of their writes end as if they had not been',
    ),
  ],
  [
    71,
    'Control plane and execution plane are apart',
    proven(
      'test/contract/program-host.contract.ts#absent globals are absent, and dates are in UTC',
      'containers/space/run-command.test.ts#the environment is the given one and nothing else',
      'test/security/tokens.test.ts#a bearer token is no ticket, and a ticket is no bearer token',
    ),
  ],
  [
    72,
    'A run is one turn or a loop; events after each batch',
    proven(
      'test/scenarios/running.scenarios.ts#goes through hundreds of operations, over several steps',
      'test/scenarios/reading.scenarios.ts#follows a run to its end',
    ),
  ],
  [
    73,
    'Failures within a run are local and recoverable',
    proven(
      'test/scenarios/running.scenarios.ts#fails with the error of an operation that is not caught, and goes on where it is',
    ),
  ],
  [
    74,
    'A run ends in a report and an updated workspace',
    proven(
      'test/scenarios/files.scenarios.ts#that are results are listed and fetched, by their names',
      'test/scenarios/commands.scenarios.ts#work on the files of the run, and what they change is kept',
    ),
  ],
  // Sessions
  [75, 'Many sessions at once', sessions],
  [76, 'One sandbox per session, created and destroyed with it', sessions],
  [77, 'A session resumes from its transcript and files', sessions],
  [78, 'A session resumes after a restart of the server', sessions],
  [79, 'Idle sessions are closed; 15 minutes by default', sessions],
  [80, 'Domain events are apart from transport', sessions],
  [
    81,
    'Graceful shutdown: accept no more, finish, close, save',
    proven(
      'local/gateway/gateway.test.ts#closing lets a request that runs finish',
      'local/gateway/gateway.test.ts#closing answers those who wait for news at once, and takes no more requests',
    ),
  ],
  [82, 'Crashed sandboxes are found and cleaned up', sessions],
  [83, 'State is saved before a sandbox ends', sessions],
  [84, 'A network interruption loses nothing', sessions],
  [
    85,
    'A transcript is a JSONL log of messages',
    proven(
      'test/scenarios/reading.scenarios.ts#reading › tells what was said in a run, line by line',
      'functions/http/handlers.test.ts#a transcript comes as lines, and says where it goes on',
    ),
  ],
  [86, 'Session metadata holds customer, ticket and agent type', sessions],
  // Live channel
  [87, 'Responses stream live as JSONL over WebSocket', sessions],
  [88, 'A WebSocket server for clients', sessions],
  [89, 'Events on sessions, messages and files', sessions],
  [90, 'Rooms per session, isolated from one another', sessions],
  [91, 'The protocol is the same whatever the adapter', sessions],
  [92, "A session outlives its client's connection", sessions],
  [93, 'A reconnecting client continues from the current state', sessions],
  [94, 'Long commands give incremental results', sessions],
  // Spaces, workspace, protocol, SDK
  [95, 'Spaces per run or per project', spacesAndPolicy],
  [
    96,
    'Files of the workspace: create, read, edit, delete',
    proven('test/scenarios/files.scenarios.ts#are written, edited, deleted, listed and read'),
  ],
  [
    97,
    'A workspace can be filled from outside and its outputs read',
    proven(
      'test/scenarios/files.scenarios.ts#files and artefacts › that are too large for a request go up first, once, and so does an input',
      'test/scenarios/files.scenarios.ts#files and artefacts › that are results are listed and fetched, by their names',
    ),
  ],
  [98, 'Shell commands under policy', spacesAndPolicy],
  [99, 'The operations and events protocol, natively', spacesAndPolicy],
  [
    100,
    'REST API',
    proven(
      'functions/http/handlers.test.ts#…: a good request reaches its use case, and its answer has the promised shape',
      'functions/http/handlers.test.ts#every schema can be told as JSON Schema, for OpenAPI',
    ),
  ],
  [
    101,
    'TypeScript SDK, strongly typed',
    proven(
      'clients/sdk/client.test.ts#shows the token and opens the envelope',
      'clients/sdk/client.test.ts#events are followed page by page until the run has ended',
    ),
  ],
  [
    102,
    'TypeScript first',
    proven(
      'clients/bundler/bundle.test.ts#program, dependencies and author library become one script with its sources',
    ),
  ],
  [103, 'One obvious way to create a space and run operations', spacesAndPolicy],
  [
    104,
    'Workspace files and run logs can be inspected',
    proven(
      'clients/cli/timeline/timeline.test.ts#an operation that is recorded once has one line',
      'test/scenarios/files.scenarios.ts#are written, edited, deleted, listed and read',
    ),
  ],
  [
    105,
    'A run can be replayed in a controlled way',
    proven(
      'test/contract/program-host.contract.ts#everything random and every date is the same in every execution',
      'test/contract/program-host.contract.ts#a changed request is a divergence that names both',
    ),
  ],
  [
    106,
    'Runs can be exported',
    proven(
      'test/scenarios/exporting.scenarios.ts#exporting a run › gives one file, the same each time, that can be checked without a server',
      'shared/application/exports/verify-export.test.ts#an export › with any byte changed, or cut anywhere, is found damaged',
    ),
  ],
  [107, 'Space templates', spacesAndPolicy],
  [108, 'A hosted offering is possible', decided],
  [
    109,
    'Self-hostable',
    proven('test/scenarios/running.scenarios.ts#runs a program to its end, on the record'),
  ],
  // Packages and invocation
  [110, 'Packages are pulled from `PACKAGES_URLS`', packages],
  [111, 'A registry index, polled', packages],
  [112, 'SHA-256 and optional signature are checked on download', packages],
  [113, 'A package for another runtime version is refused', packages],
  [114, 'New versions are loaded without a restart', packages],
  [115, 'Exported sub-agents are mounted and unmounted', packages],
  [116, 'Each export is invoked at `POST /agents/{id}/invoke`', packages],
  [117, 'Agents are called in process', packages],
  [118, 'Private sub-agents are not reachable from outside', packages],
  [119, 'Internal and external calls are routed apart', packages],
  [120, 'Files are uploaded as multipart', packages],
  [
    121,
    'Schema violations are answered as 4xx',
    proven(
      'functions/http/handlers.test.ts#all faults of a request are named at once, with what was expected, and nothing of what was sent',
    ),
  ],
  [
    122,
    'Webhooks tell of package changes',
    proven(
      'test/scenarios/webhooks.scenarios.ts#are told of what is published; a failure is shown and sent again when it is asked for',
    ),
  ],
  [123, 'Packages are pulled when first needed or on a webhook', packages],
  [124, '`GET /runtime/health`', packages],
  [125, '`GET /runtime/packages`', packages],
  [126, '`POST /runtime/reload`', packages],
  [127, '`POST /runtime/agents/{id}/enable`', packages],
  [128, '`POST /runtime/shutdown` for operators', packages],
  [129, 'An outage of the registry does not stop the start', packages],
  [130, 'A bad package does not crash the runtime', packages],
  [131, 'Versions live side by side as `agent@version`', packages],
  [132, 'A package is a zip with manifest, code and dependencies', packages],
  // Deterministic worlds
  [133, 'Deterministic start, activation, pause, resume and end of agents', worlds],
  [134, 'No mutable state is shared between agents', worlds],
  [135, 'A fault stays inside its WASM sandbox', worlds],
  [136, 'Priority scheduling', worlds],
  [137, 'Round-robin scheduling', worlds],
  [138, 'The same inputs give the same order of tasks', worlds],
  [139, 'A hook for scheduling by a graph', worlds],
  [140, '`SharedArrayBuffer` and `Atomics` for fast exchange', worlds],
  [141, 'Readers and writers of memory are defined', worlds],
  [142, 'Zero-copy between orchestrator and WASM only', worlds],
  [143, 'All communication goes through the orchestrator', worlds],
  [144, 'There is no direct path between agents', worlds],
  [145, 'Messages can be ordered, traced and replayed', worlds],
  [146, 'Inference through ONNX Runtime only', worlds],
  [147, 'A GPU is optional and changes no meaning', worlds],
  [148, 'Models are loaded and unloaded centrally', worlds],
  [149, 'Failing inference falls back to the CPU', worlds],
  [150, 'A user interface subscribes to a read-only channel', worlds],
  [151, 'A user interface cannot change a world', worlds],
  [152, 'A crash of the user interface stays there', worlds],
  [153, 'Complete replay from inputs and schedule', worlds],
  [154, 'Repeated runs behave identically', worlds],
  [155, 'Agent logic runs in sandboxed WASM', worlds],
  [156, 'WASM heaps are sandboxed', worlds],
  [157, 'WASM reaches nothing that is not brokered', worlds],
  [158, 'Everything works without a user interface or a cloud', worlds],
  [159, 'The same behaviour on Linux, Windows and macOS', worlds],
  [160, 'One stable contract for lifecycle, schedule, messages, memory, compute', worlds],
  // Isolation
  [161, 'Spaces are isolated from each other and from the host', spacesAndPolicy],
  [162, 'Strongly sandboxed spaces on demand', spacesAndPolicy],
  [163, "A sandbox takes the application's environment and dependencies", spacesAndPolicy],
  // Observability and metering
  [
    164,
    'Structured run events',
    proven('test/scenarios/running.scenarios.ts#runs a program to its end, on the record'),
  ],
  [
    165,
    'Metrics of duration and steps',
    proven(
      'test/scenarios/reading.scenarios.ts#tells what a program has logged, and what its run has taken',
      'shared/domain/measure.test.ts#a run is measured by what it did and what it waited for',
    ),
  ],
  [
    166,
    'Logs per run and a short way to artefacts',
    proven(
      'functions/http/handlers.test.ts#every request leaves one line in the log, without secrets',
      'test/scenarios/reading.scenarios.ts#tells what a program has logged, and what its run has taken',
      'test/scenarios/files.scenarios.ts#that are results are listed and fetched, by their names',
    ),
  ],
  [167, 'Requests and tokens are counted', observability],
  [168, 'Prometheus `/metrics`', proven('test/twin/metrics.test.ts#tell what was done')],
  [
    169,
    'Structured JSON logs',
    proven('shared/logging/logger.test.ts#a line is one JSON object with time, level, message and fields'),
  ],
  [170, 'Daily usage to Stripe when configured', observability],
  [171, 'Adapters for StatsD and Datadog', observability],
  [
    172,
    'A timeline of operations and events',
    proven(
      'clients/cli/timeline/timeline.test.ts#an operation that is recorded once has one line',
      'clients/cli/timeline/timeline.test.ts#an approval is shown when it is asked for and when it is decided, once each',
    ),
  ],
  [
    173,
    'Retention of logs is configurable',
    proven(
      'shared/application/disposal/disposal.test.ts#keeping runs for a time › removes them so many days after their end, and says so before',
      'test/scenarios/disposal.scenarios.ts#how long runs are kept › is said for a tenant, and by a run itself',
    ),
  ],
  [
    174,
    'Every error is logged with its context',
    proven(
      'shared/logging/logger.test.ts#an error is written with its stack and cause',
      'functions/http/handlers.test.ts#what goes wrong on our side stays on our side',
    ),
  ],
  [175, 'Variance of inference latency is reported and bounded', worlds],
  [176, 'A dashboard can read logs and metrics and start runs', dashboard],
  // Deployment and operations
  [
    177,
    'A local single-node stack, offline, by Docker Compose',
    proven(
      'test/scenarios/compose/crashes.scenarios.ts#a container that ends without warning › …: every run in flight goes on',
    ),
  ],
  [
    178,
    'Deployment to AWS',
    proven(
      'infra/stacks/rules.test.ts#has every function, on arm64 and Node 24, traced, with a log that ends',
    ),
  ],
  [
    179,
    'The same boundaries and variables locally and on AWS',
    proven(
      'infra/stages/twin.test.ts#stage twin › has every function but those of what it lacks, told where services are',
    ),
  ],
  [
    180,
    'The same architecture locally and in the cloud',
    proven(
      'infra/stages/twin.test.ts#stage twin › is deployed from four stacks, which ask for what outlives LocalStack, and tell of the REST API',
    ),
  ],
  [181, 'Gateway, identity, control plane, engine, workers, stores', { adr: 'docs/adr/0012-the-stack.md' }],
  [
    182,
    'Container image below 150 MB',
    proven('containers/space/image.test.ts#is smaller than 150 MB, compressed'),
  ],
  [183, 'Helm chart', packages],
  [
    184,
    'Default stores and logs on AWS',
    proven('infra/stacks/rules.test.ts#encrypts and closes what it keeps'),
  ],
  [185, 'A single node is enough', proven('test/scenarios/embedded.test.ts#the embedded twin')],
  [
    186,
    'Local set-up by one command',
    proven(
      'bin/tandem.test.ts#installs with the npm that called it, with the pinned Node among the packages',
    ),
  ],
  [
    187,
    "A service in the customer's own infrastructure",
    proven(
      'infra/stacks/rules.test.ts#passes the rules of AWS Solutions, but for what is accepted with a reason',
    ),
  ],
  [
    188,
    'Headless: applications bring their own interface',
    proven('test/scenarios/embedded.test.ts#the embedded twin'),
  ],
  [
    189,
    'Node 22 or later, TypeScript 5 or later',
    proven('bin/lib/pinned-node.test.ts#is needed below 24 only'),
  ],
  [190, 'Gradual roll-out and side-by-side comparison', referenceApp],
  // Performance, scale, reliability
  [191, 'A session is created within 30 s', sessions],
  [192, 'Messages reach the client within 500 ms', sessions],
  [193, '50 sessions at once on one instance', sessions],
  [194, 'Background sync every 30 s never blocks streaming', sessions],
  [195, 'A session resumes within 60 s', sessions],
  [196, 'More than 99 % of sessions complete', sessions],
  [197, 'p95 below 150 ms in process and 300 ms over the network at 100 requests/s', packages],
  [198, '500 invocations at once on one instance', packages],
  [199, '99.5 % availability', observability],
  [200, 'A 30 MB package is pulled and mounted within 5 s', packages],
  [201, 'Dependencies are free of known vulnerabilities', packages],
  [202, 'CPU time of agents is bounded', worlds],
  [203, 'Shared memory never blocks the event loop', worlds],
  [204, 'Scheduling is stable under stress', worlds],
  [205, 'Critical paths are measured before and after', speeds],
  [206, 'Abstraction layers cost little', speeds],
  // Reference application and code structure
  [
    207,
    'The core has no code of an application; checked by imports',
    proven('test/architecture/rules.test.ts#imports go down the layers only'),
  ],
  [208, 'The application lives in its own folder and imports the core only', referenceApp],
  [209, 'Convex adapters for all interfaces', referenceApp],
  [210, 'The tool `fetch_events`', referenceApp],
  [211, 'The profile `event-researcher`', referenceApp],
  [212, 'Existing behaviour is unchanged', referenceApp],
  [213, 'Event research, end to end', referenceApp],
  [214, 'Customer support, end to end', referenceApp],
  [215, 'A local research tool, end to end', referenceApp],
  [
    216,
    'The core can become an npm package, with a clear public API',
    proven('test/scenarios/first-hour.test.ts#has types that an editor finds'),
  ],
  [217, 'No new dependency of the core, no database migration', referenceApp],
  [
    218,
    'TSDoc on every public interface',
    proven('test/architecture/rules.test.ts#what is public says what it is'),
  ],
  [
    219,
    'Layered architecture',
    proven(
      'test/architecture/rules.test.ts#imports go down the layers only',
      'test/architecture/rules.test.ts#only a wiring takes adapters from where they are made',
    ),
  ],
  [
    220,
    'Strict TypeScript, no lint errors',
    proven(
      'test/architecture/settings.test.ts#keep TypeScript strict',
      'test/architecture/settings.test.ts#let nothing in that the checks do not pass',
    ),
  ],
  [221, 'Integration tests of sessions, resume and tools', referenceApp],
  [
    222,
    'A second implementation of a backend proves the abstraction',
    proven('test/contract/event-log.contract.ts#events come back as they were appended, in order'),
  ],
  // Developer experience and docs
  [
    223,
    'A quickstart ends in a successful run with an artefact',
    proven(
      'test/scenarios/quickstart.test.ts#ends in a run that has succeeded, with its artefacts, and no server left',
    ),
  ],
  [224, 'A simple mental model', spacesAndPolicy],
  [225, 'First-class examples', referenceApp],
  [
    226,
    'README, decisions, data flow, lifecycle, an example of an adapter',
    proven('test/architecture/documents.test.ts#… names only what exists'),
  ],
  [227, 'Each method of the adapter interfaces is documented', referenceApp],
  [228, 'A guide for file adapters', referenceApp],
  // Acceptance
  [
    229,
    'A run survives a restart of the whole stack',
    proven(
      'test/twin/losing.test.ts#the engine loses no run: each is taken up from its log',
      'test/simulation/sweep.test.ts#call …, …, …',
    ),
  ],
  [
    230,
    'The same agent runs locally and on AWS unchanged',
    proven(
      'test/scenarios/compose/crashes.scenarios.ts#a container that ends without warning › …: every run in flight goes on',
    ),
  ],
  [
    231,
    'A clear audit trail per run',
    proven(
      'test/scenarios/running.scenarios.ts#runs a program to its end, on the record',
      'shared/domain/verify.test.ts#a flipped byte anywhere is found',
    ),
  ],
  [
    232,
    'A new version leaves earlier runs untouched',
    proven(
      'test/scenarios/publishing.scenarios.ts#leaves earlier runs with their version; a run may ask for one',
    ),
  ],
  [233, 'Deterministic replay over many runs', worlds],
  [234, 'WASM workers are isolated from each other', worlds],
  [235, 'Inference is identical with and without a GPU', worlds],
  [236, 'Headless on Linux, Windows and macOS', worlds],
  [237, 'A user interface in another process has no influence', worlds],
  [238, 'There is no direct path between agents', worlds],
  [239, 'From package to live agent within 10 minutes', packages],
  [240, 'More than 20 agents mounted', packages],
  [
    241,
    'Less than $0.2 per 1,000 invocations',
    proven(
      'scripts/cost/cost.test.ts#is less than $0.20 for a thousand runs of twelve operations that Advance does',
    ),
  ],
  [
    242,
    'First successful run within 5 minutes',
    proven(
      'test/scenarios/quickstart.test.ts#ends in a run that has succeeded, with its artefacts, and no server left',
    ),
  ],
  [
    243,
    'Set up locally within 30 minutes',
    proven(
      'test/scenarios/quickstart.test.ts#ends in a run that has succeeded, with its artefacts, and no server left',
    ),
  ],
  [244, 'A new agent type within 2 hours', referenceApp],
  [
    245,
    'Adapters can be implemented without touching the core',
    proven('test/contract/event-log.contract.ts#events come back as they were appended, in order'),
  ],
  [246, 'Replaying a run to debug it is easy', dashboard],
  [247, 'Tracked: time to first run, active spaces and runs, retention', observability],
  [248, 'Tracked: denials and how they were resolved', observability],
  [249, 'Tracked: incidents', observability],
  [250, 'Tracked: cost and latency per task', observability],
  [251, 'Tracked: incidents from the refactoring, feedback', referenceApp],
  // Users
  [252, 'The reference application works as before', referenceApp],
  [253, 'A platform engineer knows what to implement', referenceApp],
  [
    254,
    'A contributor runs it locally with little set-up',
    proven(
      'test/scenarios/quickstart.test.ts#ends in a run that has succeeded, with its artefacts, and no server left',
    ),
  ],
  [255, 'A maintainer adds agent types easily', referenceApp],
  [
    256,
    'Operators, internal developers and first customers are served',
    proven(
      'test/twin/backup.test.ts#taken from a server at work, restored elsewhere, brings every run to its right end',
      'test/scenarios/first-hour.test.ts#has an agent that runs, found by npx, and stopped by --once where a person has to approve',
      'test/scenarios/tenants.scenarios.ts#tenants › see nothing of each other',
    ),
  ],
  [257, 'Application developers, SDK teams and security teams are served', spacesAndPolicy],
  [258, 'Other services use the API; two people can operate it', dashboard],
  // Exclusions
  [259, 'No public marketplace', decided],
  [260, 'No advanced billing', decided],
  [261, 'No GPU scheduling at first', decided],
  [262, 'No advanced zero-trust sandboxing at first', decided],
  [263, 'One sandbox provider at first', decided],
  [264, 'Single tenant, single instance at first', decided],
  [265, 'No hot reload of profiles', decided],
  [266, 'No built-in dashboard', decided],
  [267, 'No built-in authentication, monitoring or rate limits', decided],
  [268, 'No communication between agents', decided],
  [269, 'No streaming to several clients at once', decided],
  [270, 'No migration tooling, published package or polished docs', decided],
  [271, 'No persistence back-end for one feature', decided],
  [272, 'No sub-second sessions, millions of sessions or cost optimisation', decided],
  [273, 'No distributed consensus', decided],
  [274, 'No persistence inside the world runtime', decided],
  [275, 'No graphical engine', decided],
  [276, 'Long orchestration is left to others', decided],
  [277, 'Not a model abstraction, CI/CD platform, secrets manager or IDE', decided],
  // Open questions
  [278, 'How session metadata is validated', decided],
  [279, 'How adapter errors are handled', decided],
  [280, 'How MCP dependencies are packaged', decided],
  [281, 'Whether profiles are reloaded while in use', decided],
  [282, 'Whether the sandbox provider is abstracted', decided],
  [283, 'How models are versioned', decided],
  [284, 'Whether capabilities are negotiated at start', decided],
  [285, 'Whether tasks are scheduled by a graph in version 1', decided],
  [286, 'Whether a package can be uploaded through the API', decided],
  [287, 'Whether OCI images are supported', decided],
  [288, 'When to fail over between regions', decided],
  [289, 'Hosted or self-hosted first', decided],
  [290, 'Which policy is the default', decided],
  [291, 'How capabilities are packaged', decided],
  // Named for later
  [292, 'Foundation for marketplace, billing and enterprise features', decided],
  [293, 'Federation, WASI, scaling of WASM workers, multi-tenant sandboxes', decided],
  [294, 'More languages, richer policy, organisation features, integrations', decided],
  [295, 'Horizontal scaling, multi-tenancy, SOC-2', decided],
  [296, 'Other sandbox providers, npm package, hosted offering', decided],
  // Pulled in by reference
  [297, 'The protocol is explained in five minutes and easy to generate', spacesAndPolicy],
  [298, 'Operations and events describe themselves', spacesAndPolicy],
  [299, 'One failed operation does not invalidate the list', spacesAndPolicy],
  [300, 'Operations run in the order of the list', spacesAndPolicy],
  [301, 'Events carry everything that policy allows', spacesAndPolicy],
  [302, 'Iterative loops', spacesAndPolicy],
  [303, 'The operation `message` reports progress', spacesAndPolicy],
  [304, 'Approvals and questions need no new types', spacesAndPolicy],
  [305, 'Any operation may be denied, with an actionable error', spacesAndPolicy],
  [306, 'Every executed operation has an event that names it', spacesAndPolicy],
  [307, 'A transcript can be serialised and replayed', spacesAndPolicy],
  [308, 'Examples, guidelines for agents and validation rules', spacesAndPolicy],
  [309, 'Six operations, none defined by developers', spacesAndPolicy],
  [310, 'A version identifier, compatible within a major version', spacesAndPolicy],
  [311, 'Context may come as unsolicited `readFile` events', spacesAndPolicy],
  [312, 'Packages are deterministic zips of limited size', packages],
  [313, 'No downgrade by default; export ids are unique', packages],
  [314, 'Digest in the index, optional signature, `.apkgignore`', packages],
  [315, 'WASM ABI of four calls, signed modules, model cache, logical ticks', worlds],
  [
    316,
    'Code never asks whether it runs locally or in the cloud',
    proven(
      'infra/bundling/bundle.test.ts#a bundled function › that lacks a variable says so in its log, and answers all the same',
    ),
  ],
];
