const prefix = 'key:';

/** How an API key is called where people are called by their subject. */
export const keySubject = (key: string): string => `${prefix}${key}`;

/** Whether nobody but an API key may go by this name. */
export const isKeySubject = (subject: string): boolean => subject.startsWith(prefix);
