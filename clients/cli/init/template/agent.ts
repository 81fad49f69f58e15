import { approval, artifact, file, log } from 'tandem';

/** What the agent is given: `input.json` holds one. */
export interface Claim {
  /** Above this amount a person has to approve. */
  readonly limit: number;
  readonly expenses: readonly { readonly what: string; readonly amount: number }[];
}

/** Writes an expense claim, and asks a person before a large one is handed in. */
export default async function claim({ limit, expenses }: Claim) {
  const total = expenses.reduce((sum, { amount }) => sum + amount, 0);
  log(`${expenses.length} expenses`, { total, limit });

  const rows = expenses.map(({ what, amount }) => `| ${what} | ${amount.toFixed(2)} |`);
  await file.write(
    'claim.md',
    `# Expenses: ${total.toFixed(2)}\n\n| what | amount |\n|---|---|\n${rows.join('\n')}\n`,
  );

  if (total > limit) {
    const { decision, reason } = await approval.request({
      what: `Hand in a claim of ${total.toFixed(2)}`,
      why: `It is ${(total - limit).toFixed(2)} above the limit of ${limit.toFixed(2)}`,
      impact: 'claim.md becomes an artefact of this run',
    });
    if (decision !== 'approved') return { handedIn: false, total, reason };
  }

  await artifact.add('claim.md');
  return { handedIn: true, total };
}
