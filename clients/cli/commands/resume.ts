import { controlCommand } from './control.ts';

export const command = controlCommand((client, run, reason) => client.resumeRun(run, reason));
