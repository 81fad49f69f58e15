import { controlCommand } from './control.ts';

export const command = controlCommand({
  act: (client, run, reason) => client.cancelRun(run, reason),
  meanwhile: ({ status }) => (status === 'cancelled' ? undefined : 'is being cancelled'),
});
