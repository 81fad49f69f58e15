import { CfnParameter, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import { accept } from '../constructs/accept.ts';
import { removal } from '../constructs/lifetimes.ts';
import type { Named } from '../constructs/reach.ts';
import { tagPurpose } from '../constructs/tags.ts';
import { type FunctionSurroundings, TandemFunction } from '../constructs/tandem-function.ts';
import { People } from '../constructs/user-pool.ts';
import type { KeyName, Names } from '../names.ts';
import { has } from '../stages/stage.ts';

/** Who people and machines are, and what the deployment itself signs with. */
export class IdentityStack extends Stack {
  readonly keys: Readonly<Record<KeyName, Named>>;
  readonly people: People | undefined;

  constructor(
    scope: Construct,
    id: string,
    {
      key,
      preToken,
      surroundings,
      ...props
    }: StackProps & {
      readonly key: IKey | undefined;
      readonly preToken: FunctionSpec;
      readonly surroundings: FunctionSurroundings;
    },
  ) {
    super(scope, id, props);
    const { names } = surroundings;
    this.keys = {
      tickets: this.#key('tickets', names, key),
      heads: this.#key('heads', names, key),
      webhooks: this.#key('webhooks', names, key),
    };
    if (!has(names.stage, 'user-pool')) return;
    const trigger = new TandemFunction(this, preToken, {
      ...surroundings,
      granted: { statements: [], variables: {} },
    });
    this.people = new People(this, 'People', names, trigger.function);
  }

  /** A secret of 64 random characters; the twin is given its own, so that they outlive LocalStack. */
  #key(name: KeyName, names: Names, encryptionKey: IKey | undefined): Named {
    const secret = new Secret(this, `Key-${name}`, {
      secretName: names.of(name),
      description: `What the keys for ${name} are derived from`,
      removalPolicy: removal(names.stage),
      ...(encryptionKey ? { encryptionKey } : {}),
      ...(names.stage.surroundings
        ? { secretStringValue: SecretValue.cfnParameter(this.#given(name)) }
        : { generateSecretString: { passwordLength: 64, excludePunctuation: true } }),
    });
    tagPurpose(secret, `What the keys for ${name} are derived from`);
    accept(secret, {
      'AwsSolutions-SMG4':
        'Signatures made with a key are checked for as long as what they sign is kept; it is changed by hand, with the old one kept beside it.',
    });
    return { name: names.of(name), arn: secret.secretArn };
  }

  #given(name: KeyName): CfnParameter {
    return new CfnParameter(this, `${name[0]?.toUpperCase()}${name.slice(1)}Key`, {
      type: 'String',
      noEcho: true,
      minLength: 32,
      description: `At least 32 random characters: what the keys for ${name} are derived from`,
    });
  }
}
