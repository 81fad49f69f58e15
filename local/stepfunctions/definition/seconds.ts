/** Longest time the States Language knows, in seconds. */
export const maxSeconds = 99_999_999;
