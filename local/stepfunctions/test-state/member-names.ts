/** How an integration writes the name of a field that the service's model knows as `name`. */
export type MemberNaming = (name: string) => string;

/** Optimized integrations: the model's name, its first letter a capital. */
export const capitalised: MemberNaming = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** `aws-sdk` integrations: every word begins with a capital and goes on in small letters (`MD5OfBody`: `Md5OfBody`). */
export const sdkName: MemberNaming = (name) => words(name).map(wordName).join('');

const boundaries = /[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Za-z])/;

const words = (name: string): readonly string[] => name.split(boundaries).filter((word) => word !== '');

const wordName = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
