import { executeGuide } from './execute-guide.ts';

executeGuide('operating');
