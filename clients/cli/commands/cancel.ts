import { controlCommand } from './control.ts';

export const command = controlCommand((client, run, reason) => client.cancelRun(run, reason));
