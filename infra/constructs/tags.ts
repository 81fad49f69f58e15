import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a value of a tag may not hold. */
const refused = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;

/** Says on every resource in a construct what it is for. */
export function tagPurpose(construct: IConstruct, purpose: string): void {
  Tags.of(construct).add('tandem:purpose', purpose.replace(refused, '').slice(0, 256));
}
