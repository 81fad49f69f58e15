import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The release of DynamoDB Local that tests run against; Maven Central and Docker Hub have it under the same number. */
export const dynamoDbLocalVersion = '2.6.1';

/** Its jars, with what they need; not in Git. */
export const dynamoDbLocalFolder = fileURLToPath(
  new URL(`../build/dynamodb-local-${dynamoDbLocalVersion}`, import.meta.url),
);

export const dynamoDbLocalImage = `amazon/dynamodb-local:${dynamoDbLocalVersion}`;

/** The first release of Java that it runs on. */
const javaNeeded = 17;

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tandem</groupId><artifactId>dynamodb-local</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>${dynamoDbLocalVersion}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Whether there is a Java that runs it. */
export function hasJava(): boolean {
  const { stderr, status } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return status === 0 && Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= javaNeeded;
}

/** Whether there is a Maven to get it with. */
export function hasMaven(): boolean {
  return spawnSync('mvn', ['-version']).status === 0;
}

/**
 * Gets it from Maven Central, unless it is there already. It is put in place whole or not at all. Throws with the last
 * words of Maven when that fails.
 */
export function getDynamoDbLocal(): void {
  if (existsSync(dynamoDbLocalFolder)) return;
  mkdirSync(dirname(dynamoDbLocalFolder), { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'tandem-dynamodb-local-'));
  const jars = mkdtempSync(`${dynamoDbLocalFolder}-`);
  try {
    writeFileSync(join(work, 'pom.xml'), project);
    const { status, stdout } = spawnSync(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'],
      { cwd: work, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`Maven could not get DynamoDB Local: ${stdout.trim().slice(-500)}`);
    renameSync(jars, dynamoDbLocalFolder);
  } finally {
    for (const folder of [work, jars]) rmSync(folder, { recursive: true, force: true });
  }
}
