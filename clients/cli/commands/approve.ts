import { decideCommand } from './decide.ts';

export const command = decideCommand('approve');
