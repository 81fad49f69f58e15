/** Where executions are kept. */
export interface Journal {
  close(): Promise<void>;
}
