import * as z from 'zod';
import type { JsonObject } from '../../../shared/domain/json.ts';
import type { MachineSettings } from '../journal/journal.ts';
import { ServiceError } from '../service-error.ts';

/** What a state machine is told about logging, tracing and encryption: kept and shown, and not acted on. */

const destination = z.object({
  cloudWatchLogsLogGroup: z.object({ logGroupArn: z.string().min(1).max(256).optional() }).optional(),
});

const logging = z.object({
  destinations: z.array(destination).optional(),
  includeExecutionData: z.boolean().default(false),
  level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF'),
});

export const encryption = z.object({
  kmsKeyId: z.string().min(1).max(2_048).optional(),
  kmsDataKeyReusePeriodSeconds: z.int().min(60).max(900).optional(),
  type: z.enum(['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY']),
});

export const settingsFields = {
  loggingConfiguration: logging.optional(),
  tracingConfiguration: z.object({ enabled: z.boolean().default(false) }).optional(),
  encryptionConfiguration: encryption.optional(),
};

type Asked = z.output<z.ZodObject<typeof settingsFields>>;

/** What of it was asked for. Throws `ServiceError` for what cannot be. */
export function settingsAsked({
  loggingConfiguration,
  tracingConfiguration,
  encryptionConfiguration,
}: Asked): MachineSettings {
  if (loggingConfiguration !== undefined) checkLogging(loggingConfiguration);
  if (encryptionConfiguration !== undefined) checkEncryption(encryptionConfiguration);
  return {
    ...(loggingConfiguration && { logging: plain(loggingConfiguration) }),
    ...(tracingConfiguration && { tracing: plain(tracingConfiguration) }),
    ...(encryptionConfiguration && { encryption: plain(encryptionConfiguration) }),
  };
}

/** With the defaults of what was not asked for; the same text for what is the same. */
export function settingsShown({ logging: logged, tracing, encryption: encrypted }: MachineSettings) {
  return {
    loggingConfiguration: logged ?? { includeExecutionData: false, level: 'OFF' },
    tracingConfiguration: tracing ?? { enabled: false },
    ...(encrypted === undefined ? {} : { encryptionConfiguration: encrypted }),
  };
}

function checkLogging({ level, destinations = [] }: z.output<typeof logging>): void {
  if (destinations.length <= 1 && (level === 'OFF' || destinations.length === 1)) return;
  const message = 'Invalid Logging Configuration: Must specify exactly one Log Destination.';
  throw new ServiceError('InvalidLoggingConfiguration', message);
}

export function checkEncryption({
  type,
  kmsKeyId,
  kmsDataKeyReusePeriodSeconds: reuse,
}: z.output<typeof encryption>): void {
  const own = type === 'CUSTOMER_MANAGED_KMS_KEY';
  if (own ? kmsKeyId !== undefined : kmsKeyId === undefined && reuse === undefined) return;
  const rule = own
    ? 'KmsKeyId must be specified for CUSTOMER_MANAGED_KMS_KEY'
    : 'KmsKeyId and KmsDataKeyReusePeriodSeconds must not be specified for AWS_OWNED_KEY';
  throw new ServiceError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: '${rule}'`);
}

/** Without the fields that were left out. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
