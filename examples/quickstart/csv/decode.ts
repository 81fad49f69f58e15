/** What Windows puts where Latin-1 has control characters, from 0x80 on. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters that are put together at once: a call takes only so many arguments. */
const portion = 8_192;

/** Text of a file that is not UTF-8, from its base64: UTF-16 if it says so, else Windows-1252. */
export function decodeText(base64: string): string {
  const bytes = bytesOf(base64);
  return textOf(bytes[0] === 0xff && bytes[1] === 0xfe ? utf16(bytes.subarray(2)) : latin(bytes));
}

function bytesOf(base64: string): Uint8Array {
  const values = new Uint8Array(128);
  for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value;
  const digits = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  for (let at = 0, end = 0; at < digits.length; at++) {
    bits = ((bits << 6) | (values[digits.charCodeAt(at)] ?? 0)) & 0xffffff;
    // Four characters are three bytes; the first of them ends none.
    if (at % 4 !== 0) bytes[end++] = bits >> (6 - 2 * (at % 4));
  }
  return bytes;
}

/** Little endian. */
function utf16(bytes: Uint8Array): Uint16Array {
  const units = new Uint16Array(bytes.length >> 1);
  for (let at = 0; at < units.length; at++) {
    units[at] = (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8);
  }
  return units;
}

function latin(bytes: Uint8Array): Uint16Array {
  const units = new Uint16Array(bytes);
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? 0;
    if (unit >= 0x80 && unit < 0xa0) units[at] = windows1252.charCodeAt(unit - 0x80);
  }
  return units;
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += portion) {
    text += String.fromCharCode(...units.subarray(at, at + portion));
  }
  return text;
}
