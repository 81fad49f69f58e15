import { MemoryConnections } from '../../shared/memory/connections.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { describeConnections } from './connections.contract.ts';

describeConnections('memory', async () => {
  const clock = new VirtualClock();
  return { connections: new MemoryConnections(clock), clock };
});
