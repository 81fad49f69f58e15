import { ServiceFailure } from '../service.ts';
import { packageOf } from './clients.ts';
import { type Naming, namingOf } from './failure.ts';
import { capitalised, type Style } from './names.ts';

/** Ids of services that are not their names with a capital. */
const ids: Readonly<Record<string, string>> = { dynamodb: 'DynamoDB', eventbridge: 'EventBridge' };

/** Services that resources name otherwise than variables do. */
const variables: Readonly<Record<string, string>> = { states: 'SFN', events: 'EVENTBRIDGE' };

const wordsOf = (service: string): string => packageOf(service).replace('@aws-sdk/client-', '');

function naming(service: string, style: Style): Naming {
  const id = ids[service] ?? wordsOf(service).split('-').map(capitalised).join(' ');
  return namingOf({ service, serviceId: id, style });
}

/** There is nowhere to call. */
export function notConfigured(service: string, style: Style): ServiceFailure {
  const words = variables[service] ?? wordsOf(service).replaceAll('-', '_').toUpperCase();
  const cause =
    `No endpoint is configured for ${service}, and nothing is called that nobody has named. ` +
    `Set AWS_ENDPOINT_URL_${words} or AWS_ENDPOINT_URL to where it is reached.`;
  const error = `${naming(service, style).prefix}.EndpointNotConfigured`;
  return new ServiceFailure({ error, cause, phase: 'start' });
}

/** There is nothing to call with. */
export function notInstalled(service: string, style: Style): ServiceFailure {
  const cause = `The client of ${service} is not installed. Install it in your project: npm install ${packageOf(service)}`;
  const error = `${naming(service, style).prefix}.ClientNotInstalled`;
  return new ServiceFailure({ error, cause, phase: 'start' });
}
