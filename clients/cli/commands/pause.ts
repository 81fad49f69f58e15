import { controlCommand } from './control.ts';

export const command = controlCommand((client, run, reason) => client.pauseRun(run, reason));
