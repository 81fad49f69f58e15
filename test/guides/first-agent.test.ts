import { executeGuide } from './execute-guide.ts';

executeGuide('first-agent');
