import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StandingStage } from '../cloud/removal/remove-stage.ts';
import { refusalOf } from './destroy.ts';

function standing(EnableTerminationProtection: boolean): StandingStage {
  const stack = {
    StackName: 'tandem-x-api',
    StackStatus: 'CREATE_COMPLETE',
    CreationTime: undefined,
  } as const;
  const stacks = [{ ...stack, EnableTerminationProtection }];
  return { stage: 'x', account: '123456789012', region: 'eu-central-1', stacks, gone: [] };
}

describe('destroying a stage', () => {
  it('takes a yes, and says before what would go', () => {
    const open = standing(false);
    const text = refusalOf(open, { yes: false, deletesData: false });
    assert.equal(text, 'It would remove tandem-x-api in eu-central-1: add --yes if you mean it');
    assert.equal(refusalOf(open, { yes: true, deletesData: false }), undefined);
  });

  it('takes more than a yes where data are kept', () => {
    const guarded = standing(true);
    assert.match(
      refusalOf(guarded, { yes: true, deletesData: false }) ?? '',
      /add --delete-runs-and-accounts/,
    );
    assert.match(
      refusalOf(guarded, { yes: false, deletesData: true }) ?? '',
      /every run, account, key and log/,
    );
    assert.equal(refusalOf(guarded, { yes: true, deletesData: true }), undefined);
  });
});
