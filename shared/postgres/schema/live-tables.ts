/** Who is connected, and what each listens to: gone with the two hours that a connection lasts. Times in milliseconds. */
export const liveTables = `
  CREATE TABLE live_connections (
    id text COLLATE "C" NOT NULL PRIMARY KEY, tenant text COLLATE "C" NOT NULL, subject text NOT NULL,
    roles text NOT NULL, expires_at bigint NOT NULL
  );
  CREATE INDEX live_connections_expired ON live_connections (expires_at);

  CREATE TABLE live_subscriptions (
    tenant text COLLATE "C" NOT NULL, run text COLLATE "C" NOT NULL,
    connection text COLLATE "C" NOT NULL REFERENCES live_connections ON DELETE CASCADE, sent integer NOT NULL,
    PRIMARY KEY (tenant, run, connection)
  );
  CREATE INDEX live_subscriptions_of ON live_subscriptions (connection);
`;
