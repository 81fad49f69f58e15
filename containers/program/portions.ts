import type { ProgramAnswer } from '../../shared/ports/program-host.ts';

/** The most answers of a portion. */
const maxAnswers = 500;

/** The most characters of a portion; an answer that is longer is one by itself. */
const maxCharacters = 4 * 1024 * 1024;

/**
 * Answers in portions of which each is one message: a long record costs no huge line, and the time that a program has
 * to come to rest is not that of its whole life. There is always a first portion.
 */
export function portionsOf(answers: readonly ProgramAnswer[]): [ProgramAnswer[], ...ProgramAnswer[][]] {
  const first: ProgramAnswer[] = [];
  const portions: [ProgramAnswer[], ...ProgramAnswer[][]] = [first];
  let portion = first;
  let characters = 0;
  for (const answer of answers) {
    // What is alone need not be measured.
    const length = answers.length === 1 ? 0 : JSON.stringify(answer).length;
    const fits = portion.length < maxAnswers && characters + length <= maxCharacters;
    if (!fits && portion.length > 0) {
      portion = [];
      characters = 0;
      portions.push(portion);
    }
    portion.push(answer);
    characters += length;
  }
  return portions;
}
