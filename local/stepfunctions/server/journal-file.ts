import { join } from 'node:path';
import type { DataFolder } from '../../data-folder/data-folder.ts';

/** The journal of the engine alone: another one than the twin's, whose executions only the twin can carry on. */
export const journalFile = ({ root }: Pick<DataFolder, 'root'>): string => join(root, 'stepfunctions.db');
