import type { Connection } from '../../clients/sdk/transport.ts';
import type { Role } from '../../shared/domain/audit/records.ts';

/** Somebody who calls. */
export interface Caller {
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** One way to run Tandem, as far as scenarios have to know: everything else goes over the wire. */
export interface Deployment extends AsyncDisposable {
  /** The address of this machine as the deployment reaches it: for whoever is to be told of events. */
  readonly home: string;
  /** Where to reach it and what to show; asked anew after every start, which may change the address. */
  connect(caller: Caller): Promise<Connection>;
  /** Ends what serves requests and carries runs, in good order, and starts it again. */
  restart(): Promise<void>;
  /** Ends it without warning, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again after {@link kill}. */
  start(): Promise<void>;
}
