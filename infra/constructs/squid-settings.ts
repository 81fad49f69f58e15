/** What the proxy is to let through. */
export interface ProxyRules {
  readonly port: number;
  /** Host names that everybody may reach; a leading dot takes all below. */
  readonly allowed: readonly string[];
  /** Ranges of those who may reach every public address: our own functions, whose webhooks lead anywhere. */
  readonly free: readonly string[];
}

/**
 * Settings of Squid: CONNECT to port 443 of what is listed, to no private address whatever a name resolves to, nothing
 * cached, and a line for each connection on standard output.
 */
export const squidSettings = ({ port, allowed, free }: ProxyRules): string =>
  [
    `http_port ${port}`,
    `acl inward dst ${inward.join(' ')}`,
    'acl tls port 443',
    'acl connect method CONNECT',
    `acl allowed dstdomain ${allowed.join(' ')}`,
    ...(free.length > 0 ? [`acl free src ${free.join(' ')}`] : []),
    'http_access deny !connect',
    'http_access deny !tls',
    'http_access deny inward',
    'http_access allow allowed',
    ...(free.length > 0 ? ['http_access allow free'] : []),
    'http_access deny all',
    'cache deny all',
    'cache_mem 0 MB',
    'pid_filename none',
    'access_log stdio:/dev/stdout',
    'cache_log /dev/stderr',
    'coredump_dir none',
    'visible_hostname egress',
    'shutdown_lifetime 5 seconds',
    '',
  ].join('\n');

/** Addresses that lead to no host of the internet: the network's own, link-local (AWS's metadata), loopback. */
const inward = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];
