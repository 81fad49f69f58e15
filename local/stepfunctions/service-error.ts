/** Errors of the service, by the names AWS gives them on the wire. */
export type ServiceErrorType =
  | 'ActivityAlreadyExists'
  | 'ActivityDoesNotExist'
  | 'ConflictException'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionLimitExceeded'
  | 'ExecutionNotRedrivable'
  | 'InvalidArn'
  | 'InvalidDefinition'
  | 'InvalidEncryptionConfiguration'
  | 'InvalidExecutionInput'
  | 'InvalidLoggingConfiguration'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'MissingRequiredParameter'
  | 'RequestEntityTooLargeException'
  | 'ResourceNotFound'
  | 'SerializationException'
  | 'ServiceQuotaExceededException'
  | 'ServiceUnavailable'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDeleting'
  | 'StateMachineDoesNotExist'
  | 'StateMachineTypeNotSupported'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut'
  | 'TooManyTags'
  | 'UnknownOperationException'
  | 'ValidationException';

/** What a caller of the service is answered when it cannot do as asked. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly type: ServiceErrorType;

  constructor(type: ServiceErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** Some actions are there for one type of state machine alone. */
export function unsupportedType(): ServiceError {
  const message = 'This operation is not supported by this type of state machine';
  return new ServiceError('StateMachineTypeNotSupported', message);
}

export function isServiceError(error: unknown, type?: ServiceErrorType): error is ServiceError {
  return error instanceof ServiceError && (type === undefined || error.type === type);
}
