import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** Looks at an app with the rules of AWS Solutions when it is synthesized; what nobody accepts fails it. */
export function inspect(app: App): App {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
