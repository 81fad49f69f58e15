import { executeGuide } from './execute-guide.ts';

executeGuide('surviving-crashes');
