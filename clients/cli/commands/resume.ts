import { controlCommand } from './control.ts';

export const command = controlCommand({
  act: (client, run, reason) => client.resumeRun(run, reason),
  meanwhile: () => undefined,
});
