/** Makes the picture in the README anew, from a real run whose server is killed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { takePicture, withPicture } from './readme-picture.ts';

const readme = new URL('../README.md', import.meta.url);

writeFileSync(readme, withPicture(readFileSync(readme, 'utf8'), await takePicture()));
console.log('The picture in README.md is current.');
