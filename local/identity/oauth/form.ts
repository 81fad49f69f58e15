import type { IncomingMessage } from 'node:http';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { readBody } from '../../gateway/request-body.ts';

const mostBytes = 4_096;

/** The fields of a form that a browser has sent from a page of ours. Throws `request.media-type` and `auth.invalid`. */
export async function readForm(message: IncomingMessage, origin: string): Promise<URLSearchParams> {
  if (message.headers['content-type']?.split(';')[0]?.trim() !== 'application/x-www-form-urlencoded') {
    throw new TandemError('request.media-type', {
      message: 'The form is sent as application/x-www-form-urlencoded',
    });
  }
  const { origin: from, 'sec-fetch-site': site } = message.headers;
  if ((from !== undefined && from !== origin) || (site !== undefined && site !== 'same-origin')) {
    throw new TandemError('auth.invalid', { message: 'The form was sent from a page of another site' });
  }
  const body = await readBody(message, mostBytes);
  return new URLSearchParams(body.toString('utf8'));
}
