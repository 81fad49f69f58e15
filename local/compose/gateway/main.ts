import { routes } from '../../../functions/http/routes.ts';
import { SystemIds } from '../../../shared/system/system-ids.ts';
import { openGateway } from '../../gateway/gateway.ts';
import { deploymentFile, readDeployment } from '../deployment.ts';
import { startService } from '../service.ts';
import { restRoutes } from './rest-routes.ts';
import { serviceRoutes } from './service-routes.ts';

/** Port inside the network of the twin and outside of it. */
const port = 4_400;

/** The bucket of stage `twin`: signed addresses begin with it. */
const bucket = 'tandem-twin-blobs';

/** The one address of the Compose twin: everything that stands behind it, by path. */
await startService('gateway', async (log) => {
  const ids = new SystemIds(Date.now);
  const gateway = await openGateway({
    handlers: [],
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
  return gateway;
});
