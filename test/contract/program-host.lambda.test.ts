import { programHostContract } from './program-host.contract.ts';
import { openLambdaHost } from './program-host-lambda.ts';

programHostContract('in a function', (bundles) => openLambdaHost(bundles), {
  longRun: 4_000,
});
programHostContract(
  'in a function that forgets everything after every question',
  (bundles) => openLambdaHost(bundles, { forgetful: true }),
  { remembers: false },
);
