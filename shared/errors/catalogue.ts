/** What is true of every error of one code. */
export interface ErrorKind {
  /** HTTP status (also the class of failure where no HTTP is involved). */
  readonly status: number;
  /** What happened, in general; one sentence without a full stop. */
  readonly title: string;
  readonly retryable: boolean;
  /** The next step for the reader, one sentence. */
  readonly remedy: string;
}

const kind = (status: number, title: string, remedy: string, retryable = false): ErrorKind => ({
  status,
  title,
  retryable,
  remedy,
});

/** Every error code of Tandem; each has a page `docs/errors/<code>.md`. */
export const errorCatalogue = {
  'request.invalid': kind(
    400,
    'The request does not have the expected shape',
    'Correct the fields named in details.issues and send it again.',
  ),
  'auth.missing': kind(401, 'The request carries no bearer token', 'Send `Authorization: Bearer <token>`.'),
  'auth.invalid': kind(401, 'The token was refused', 'Get a new token from the issuer and send it again.'),
  'auth.forbidden': kind(
    403,
    'The token does not allow this',
    'Ask an administrator of the tenant for the role that is named.',
  ),
  'tenant.unknown': kind(
    403,
    'The tenant that the token names is not registered',
    'Have it made by somebody with the role platform: `npx tandem tenants create NAME`.',
  ),
  'tenant.suspended': kind(
    403,
    'The tenant is suspended',
    'Ask who runs the platform; with `npx tandem tenants resume NAME` everything goes on where it was.',
  ),
  'resource.not-found': kind(
    404,
    'There is no such resource in this tenant',
    'Check the id; resources of other tenants are not visible.',
  ),
  'route.not-found': kind(404, 'There is no such route', 'Check method and path.'),
  'route.method': kind(405, 'The route does not take this method', 'Use one of the methods in `Allow`.'),
  'request.timed-out': kind(
    408,
    'The request was not received in time',
    'Send it again over a faster connection, or send less.',
    true,
  ),
  'log.conflict': kind(
    409,
    'The log has moved on since it was read',
    'Read the run again and decide whether the request still applies.',
    true,
  ),
  'run.superseded': kind(
    409,
    'A newer generation carries this run',
    'Nothing to do: the newer generation continues the run.',
  ),
  'run.ended': kind(409, 'The run has already ended', 'Start a new run.'),
  'run.not-ended': kind(409, 'The run has not ended', 'Wait for its end, or cancel it, and do it again.'),
  'run.removed': kind(
    410,
    'The run was removed',
    'Nothing of it is left but what the audit log says; a backup from before may hold it.',
  ),
  'connection.unknown': kind(
    410,
    'The live connection is not known any more',
    'Open another one, and subscribe again after the last event that you have.',
    true,
  ),
  'approval.decided': kind(
    409,
    'The approval has already been decided',
    'Read the approval to see the decision.',
  ),
  'approval.expired': kind(409, 'The approval has expired', 'Start the run again if it is still wanted.'),
  'operation.answered': kind(
    409,
    'The operation already has an outcome',
    'Nothing to do: the first outcome stands.',
  ),
  'log.illegal': kind(
    500,
    'The log holds an event that cannot follow the ones before it',
    'Verify the run with `npx tandem verify RUN` and restore a backup if it is damaged.',
  ),
  'idempotency.conflict': kind(
    409,
    'The Idempotency-Key was used with another body',
    'Use a new key for a new request.',
  ),
  'tenant.conflict': kind(
    409,
    'The tenant exists under another display name',
    'Choose another name for a new tenant; an existing one keeps what it was made with.',
  ),
  'key.told': kind(
    409,
    'The key was made by an earlier request, and its secret is told once',
    'Revoke the key that is named, unless its secret has arrived, and make another one under a new Idempotency-Key.',
  ),
  'version.conflict': kind(
    409,
    'This version number exists with other content',
    'Publish the changed agent under a new version number.',
  ),
  'request.too-large': kind(
    413,
    'The request is larger than the limit',
    'Send less in one request, or upload files and inputs first: `POST /v1/uploads`.',
  ),
  'address.refused': kind(
    403,
    'The signed address does not allow this',
    'Ask for a new address, and use it as it is before it expires.',
  ),
  'upload.mismatch': kind(
    422,
    'The bytes are not those that the address was made for',
    'Send exactly the bytes that were announced, or announce these.',
  ),
  'request.media-type': kind(
    415,
    'The media type is not supported',
    'Send JSON as it is, not compressed, with `Content-Type: application/json`.',
  ),
  'request.misdirected': kind(
    421,
    'The request names another host',
    'Address the server as localhost, or start it with --host.',
  ),
  'request.headers-too-large': kind(
    431,
    'The header fields are larger than the limit',
    'Send fewer or shorter header fields.',
  ),
  'webhook.disabled': kind(
    409,
    'Nothing is sent to this webhook any more',
    'Remove it and add it again once its address answers.',
  ),
  'webhook.address': kind(
    422,
    'Webhooks are not sent to this address',
    'Give the https address of a server on the public internet.',
  ),
  'definition.invalid': kind(
    422,
    'The agent definition cannot work',
    'Correct what is named in details and publish again.',
  ),
  'mocks.invalid': kind(
    422,
    'The mock configuration cannot be used',
    'Correct the places that are named; docs/guides/step-functions-mocks.md describes the format.',
  ),
  'template.invalid': kind(
    422,
    "The template's state machines cannot be used",
    'Correct what is named; docs/guides/step-functions-local.md says what templates may refer to.',
  ),
  'program.diverged': kind(
    422,
    'The program asked for something else than its record says',
    'Make the program deterministic: take time, randomness and outside data only from operations.',
  ),
  'program.failed': kind(
    422,
    'The program threw an error',
    'Correct the program at the place that is named.',
  ),
  'program.unresponsive': kind(
    422,
    'The program computed for too long without asking for anything',
    'Remove the endless loop, or put an operation such as `log` between the parts of a long computation.',
  ),
  'operation.invalid': kind(
    422,
    'The operation is not valid',
    'Correct the arguments of the operation that is named.',
  ),
  'operation.failed': kind(
    422,
    'The operation failed',
    'Handle the error in the program, or correct its cause.',
  ),
  'operation.interrupted': kind(
    422,
    'The operation was cut off and is not repeated by itself',
    'Check what it has done, then decide whether to run it again.',
  ),
  'operation.timed-out': kind(
    422,
    'The operation took longer than its timeout',
    'Raise the timeout or do less.',
  ),
  'file.not-found': kind(
    404,
    'There is no such file in the workspace',
    'List the files and correct the path.',
  ),
  'file.conflict': kind(
    409,
    'A folder is where a file is wanted, or a file where a folder is',
    'Choose another path, or delete what is in the way first.',
  ),
  'file.not-text': kind(422, 'The file is not UTF-8 text', 'Read it with the encoding base64.'),
  'file.no-match': kind(
    422,
    'The text to be replaced is not in the file',
    'Read the file and give the text exactly as it stands there.',
  ),
  'run.stuck': kind(
    422,
    'Three executions in a row brought the run no further',
    'Read the last error in details, remove its cause and start the run again.',
  ),
  'run.failed': kind(
    422,
    'The run could not be carried on',
    'Read the cause in details and start the run again.',
  ),
  'run.cancelled': kind(422, 'The run was cancelled', 'Start it again if it is still wanted.'),
  'limit.rate': kind(
    429,
    'Too many requests',
    'Send it again after the seconds that `Retry-After` names.',
    true,
  ),
  'limit.exceeded': kind(422, 'A limit was exceeded', 'Stay within the limit that is named.'),
  'engine.unavailable': kind(
    503,
    'The workflow engine did not take the request',
    'Nothing to do: what was accepted is kept and tried again.',
    true,
  ),
  'space.unavailable': kind(
    503,
    'The service that runs programs and workers did not take the request',
    'Nothing to do: it is tried again; look at the quotas and the health of the service when it goes on.',
    true,
  ),
  'auth.unavailable': kind(
    503,
    "The issuer's keys cannot be fetched",
    'Send the request again in a moment; check that the issuer can be reached.',
    true,
  ),
  'store.unavailable': kind(
    503,
    'The database does not answer',
    'Send the request again in a moment; check that the database runs and can be reached from here.',
    true,
  ),
  'store.denied': kind(
    500,
    'The database does not let Tandem in',
    'Correct the address, the credentials or the rights that the message names.',
  ),
  'store.absent': kind(
    500,
    'The database lacks what Tandem keeps its data in',
    'Deploy the stage again, or correct the name: what is missing is named in the message.',
  ),
  'store.unsafe': kind(
    500,
    'The database may lose what it has acknowledged',
    'Give the database the setting that the message names.',
  ),
  'server.starting': kind(
    503,
    'The server does not take requests yet',
    'Send the request again in a moment.',
    true,
  ),
  'server.stopping': kind(503, 'The server is stopping', 'Send the request again in a moment.', true),
  'server.unreachable': kind(503, 'No Tandem server answers', 'Start one with `npx tandem up`.', true),
  'server.running': kind(
    409,
    'A server already uses this data folder',
    'Use the running server, or another --data.',
  ),
  'port.taken': kind(500, 'The port is taken', 'Choose another one with --port.'),
  'data.absent': kind(
    404,
    'There is no data folder',
    'Name another one with --data; `npx tandem up` makes one.',
  ),
  'data.permission': kind(
    500,
    'The data folder cannot be used',
    'Give yourself read and write permission, or choose another one with --data.',
  ),
  'data.full': kind(507, 'The disk is full', 'Free some space; nothing that was acknowledged is lost.', true),
  'data.damaged': kind(
    500,
    'The data folder is damaged',
    'Restore a backup, or move the folder away and start with a new one.',
  ),
  'data.newer': kind(
    500,
    'The data were written by a newer version',
    'Use that version of Tandem or a later one.',
  ),
  'backup.invalid': kind(
    422,
    'The backup cannot be used',
    'Use another backup: what is missing or damaged in this one cannot be made up for.',
  ),
  'backup.running': kind(
    409,
    'A backup of this data folder is being made',
    'Wait until it has ended, and do it again.',
    true,
  ),
  'folder.not-empty': kind(
    409,
    'The folder is not empty',
    'Name a folder that is not there yet, or an empty one.',
  ),
  'cloud.credentials': kind(
    401,
    'AWS does not know who calls',
    'Sign in (`aws sso login`), or set AWS_PROFILE, and do it again.',
  ),
  'cloud.region': kind(
    400,
    'No AWS region is set, or Tandem cannot run in it',
    'Set AWS_REGION to one that docs/guides/regions.md lists.',
  ),
  'cloud.not-bootstrapped': kind(
    409,
    'The account is not prepared for the AWS CDK in this region',
    'Run the `cdk bootstrap` that is named, once, with the rights of an administrator.',
  ),
  'cloud.permission': kind(
    403,
    'AWS does not allow this',
    'Ask whoever administers the account for the permission that is named.',
  ),
  'cloud.unreachable': kind(
    503,
    'AWS cannot be reached',
    'Check the network and the proxy, and do it again.',
    true,
  ),
  'stage.absent': kind(
    404,
    'There is no such stage in this account and region',
    'Deploy it with `npx tandem deploy --stage NAME`, or choose another account or region.',
  ),
  'stage.failed': kind(
    500,
    'The stage was not brought to what it should be',
    'Mend what is named above it, and do it again: what was done is kept.',
  ),
  'cloud.denied': kind(
    500,
    'A function lacks a right in AWS',
    "Give the function's role the right to what is named, or deploy the stack again.",
  ),
  'cloud.absent': kind(
    500,
    'A part of the stack is not there',
    'Deploy the stack again, in the region and account that are meant.',
  ),
  'cloud.unavailable': kind(
    503,
    'A service of AWS did not take the request',
    'Send the request again in a moment; if it stays, raise the quota that is reached.',
    true,
  ),
  'environment.unsupported': kind(500, 'This machine lacks something Tandem needs', 'Install what is named.'),
  'deployment.invalid': kind(
    400,
    'What was asked of the deployment does not fit',
    'Correct what is named and run it again; docs/design/aws.md lists stages and context.',
  ),
  internal: kind(
    500,
    'Something went wrong on our side',
    'Send the request again; if it stays, look for the request id in the log.',
    true,
  ),
} as const satisfies Record<string, ErrorKind>;

/** The code of an error: stable across releases. */
export type ErrorCode = keyof typeof errorCatalogue;
