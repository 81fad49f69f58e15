import { controlCommand } from './control.ts';

export const command = controlCommand({
  act: (client, run, reason) => client.pauseRun(run, reason),
  meanwhile: ({ status }) => (status === 'paused' ? undefined : 'pauses before its next operation'),
});
