/** The entry point of every bundle: the bundler puts the author's file in place of `tandem:program`. */
import './environment/install.ts';
import program from 'tandem:program';
import { bridge } from './bridge.ts';
import { start } from './start.ts';

void start(bridge, program);
