import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { routes } from '../../../functions/http/routes.ts';
import { lambdaClient } from '../../../shared/aws/sdk/lambda.ts';
import { SystemIds } from '../../../shared/system/system-ids.ts';
import { openGateway } from '../../gateway/gateway.ts';
import { deploymentFile, readDeployment } from '../deployment.ts';
import { startService } from '../service.ts';
import { restRoutes } from './rest-routes.ts';
import { serviceRoutes } from './service-routes.ts';
import { lambdaFunctions } from './websocket/lambda-functions.ts';
import { managementApi } from './websocket/management-api.ts';

/** Port inside the network of the twin and outside of it. */
const port = 4_400;

/** Where functions send to connections: a name that commands do not find, and a port that is not published. */
const connections = { name: 'connections', port: 4_403 };

/** The bucket of stage `twin`: signed addresses begin with it. */
const bucket = 'tandem-twin-blobs';

/** The one address of the Compose twin: everything that stands behind it, by path. */
await startService('gateway', async (log) => {
  const ids = new SystemIds(Date.now);
  const gateway = await openGateway({
    handlers: [],
    live: {
      functions: async () => lambdaFunctions({ client: lambdaClient(), prefix: 'tandem-twin' }),
      connectionId: () => ids.hex(12),
    },
    raw: [
      ...restRoutes(Object.values(routes), () => readDeployment(deploymentFile)),
      ...serviceRoutes('http://identity:4400', ['GET', 'POST'], ['/.well-known/{name}', '/oauth/{path+}']),
      ...serviceRoutes('http://s3:7070', ['GET', 'PUT'], [`/${bucket}/{key+}`]),
    ],
    host: '0.0.0.0',
    names: [`gateway:${port}`],
    port,
    log,
    requestId: () => ids.next('req'),
    now: Date.now,
    elapsed: () => performance.now(),
  });
  const management = managementApi(() => gateway.live);
  // At the address of the network that the functions are in, and at no other: commands are in one beside it.
  management.listen(connections.port, (await lookup(connections.name)).address);
  await once(management, 'listening');
  return {
    async close() {
      await gateway.close();
      management.close();
      management.closeAllConnections();
    },
  };
});
