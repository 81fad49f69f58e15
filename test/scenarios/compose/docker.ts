import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs a command in the checkout; resolves with what it printed, and rejects with what it complained of. */
export async function ask(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const options = { cwd: root, maxBuffer: 64 * 1_024 * 1_024, env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)(command, args, options);
    return stdout.trim();
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(`${command} ${args.join(' ')}: ${stderr.trim() || message}`, { cause: error });
  }
}

/** A Compose project of the checkout. */
export class Project {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** By the variable and not by `-p`: of that, Compose 1.29 tells the file nothing, which names networks and labels by it. */
  compose(...args: string[]): Promise<string> {
    return ask('docker', ['compose', ...args], { COMPOSE_PROJECT_NAME: this.name });
  }

  /**
   * Ends it, as `docker compose down` does. Docker may go on holding a network for a container that ended while it was being
   * started, until Docker ends itself: that is in nobody's way, as the next twin takes it.
   */
  async down(...args: string[]): Promise<void> {
    try {
      await this.compose('down', ...args);
    } catch (error) {
      const { message } = error as Error;
      if (!message.includes('active endpoints') || (await this.containers()).length > 0) throw error;
      console.log(message.split('\n').at(-1));
      // Compose stops at the network, before it comes to them.
      const volumes = args.includes('-v') ? await this.volumes() : [];
      if (volumes.length > 0) await ask('docker', ['volume', 'rm', ...volumes]);
    }
  }

  /** Ids of the containers of a service, or of all, by label: names differ between versions of Compose. */
  async containers(service?: string): Promise<string[]> {
    const labels = [
      `com.docker.compose.project=${this.name}`,
      ...(service ? [`com.docker.compose.service=${service}`] : []),
    ];
    const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
    return words(await ask('docker', ['ps', '-aq', ...filters]));
  }

  /** Ids of the containers that functions of LocalStack run in. */
  async functions(): Promise<string[]> {
    return words(await ask('docker', ['ps', '-aq', '--filter', `label=tandem.functions=${this.name}`]));
  }

  /** Ids of the containers of workers that the launcher has started: those that run, or also those that have ended. */
  async workers(which: 'running' | 'all' = 'all'): Promise<string[]> {
    const listed = which === 'running' ? '-q' : '-aq';
    return words(await ask('docker', ['ps', listed, '--filter', `label=tandem.twin=${this.name}`]));
  }

  /** Ids of all its containers: services, functions, workers. */
  async everything(): Promise<string[]> {
    return (await Promise.all([this.containers(), this.functions(), this.workers()])).flat();
  }

  async volumes(): Promise<string[]> {
    const ofProject = `label=com.docker.compose.project=${this.name}`;
    return words(await ask('docker', ['volume', 'ls', '-q', '--filter', ofProject]));
  }

  /** As the health check of a service sees it: `starting`, `healthy` or `unhealthy`. */
  async health(service: string): Promise<string> {
    const [id = ''] = await this.containers(service);
    return ask('docker', ['inspect', '-f', '{{.State.Health.Status}}', id]);
  }

  /** Ends containers without warning. */
  async kill(ids: readonly string[]): Promise<void> {
    // One that has ended meanwhile cannot be killed, which is as well.
    if (ids.length > 0) await ask('docker', ['kill', ...ids]).catch(() => '');
  }
}

const words = (text: string): string[] => text.split('\n').filter((word) => word !== '');
