/** Variables that this process itself goes on reading, and those by which Lambda's runtime tells a handler of itself. */
const own: readonly string[] = [
  'PATH',
  'LANG',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  '_HANDLER',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
];

/**
 * Forgets the environment that the runtime has given this process: credentials, names, addresses. A command is given
 * none of it anyway. What the system remembers of the start of a process stands for as long as the process does: see
 * docs/design/spaces.md.
 */
export function emptyEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) {
    if (!own.includes(name)) delete environment[name];
  }
}
