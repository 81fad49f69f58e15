import { twin } from './stages.ts';

const stack = (thing: string) => `tandem-${twin.name}-${thing}`;

/** What the deployer of the Compose twin has to know: which stack goes where, and what each is given. */
export const twinDeployment = {
  /** Deployed to LocalStack, in this order. */
  stacks: [stack('identity'), stack('api'), stack('execution')],
  /** Never deployed: its template declares the tables and the bucket that are made elsewhere. */
  data: stack('data'),
  /** NoEcho parameters by stack, whose values the deployer keeps. */
  parameters: {
    [stack('identity')]: ['TicketsKey', 'HeadsKey', 'WebhooksKey'],
    [stack('api')]: ['BlobsCredentials'],
    [stack('execution')]: ['BlobsCredentials'],
  },
  /** The output of which stack is the id of the REST API, and the name of its stage. */
  api: { stack: stack('api'), output: 'ApiId', stage: twin.name },
} as const;
