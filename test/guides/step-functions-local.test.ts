import { executeGuide } from './execute-guide.ts';

executeGuide('step-functions-local');
