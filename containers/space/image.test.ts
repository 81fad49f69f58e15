import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { ourImage, withoutImage } from '../../test/support/docker.ts';

const found = ourImage('space');
const docker = (...args: readonly string[]): string => {
  assert.ok('image' in found, 'absent' in found ? found.absent : '');
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
};

/** Bytes, as a registry keeps them and a task fetches them. */
const mostCompressed = 150_000_000;

describe('the image of spaces', { skip: withoutImage(found) }, () => {
  it('is smaller than 150 MB, compressed', () => {
    const bytes = execFileSync('sh', ['-c', 'docker save tandem/space | gzip | wc -c'], { encoding: 'utf8' });
    assert.ok(Number(bytes) > 10_000_000 && Number(bytes) < mostCompressed, `${bytes} bytes`);
  });

  it('names its folder for temporary files as a volume, which ECS makes with the mode that it has here', () => {
    const config = JSON.parse(docker('image', 'inspect', '-f', '{{json .Config}}', 'tandem/space'));
    assert.deepEqual(config.Volumes, { '/tmp': {} });
    assert.equal(config.User, '1000:1000');
  });

  it('writes there and nowhere else, as a user without rights on a root that is read-only', () => {
    const script = 'stat -c %a /tmp; touch /tmp/file && echo written; touch /file 2>&1; id -u';
    const said = docker(
      ...['run', '--rm', '--read-only', '--cap-drop', 'ALL', '--network', 'none'],
      ...['--mount', 'type=volume,destination=/tmp', '--entrypoint', 'sh', 'tandem/space', '-c', script],
    );
    assert.match(said, /^1777\nwritten\ntouch: .*Read-only file system\n1000$/);
  });
});
