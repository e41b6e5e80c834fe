import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime, RuntimeManagementMode, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { FunctionName, FunctionSpec } from "../manifest.ts";

export interface SigmaFunctionProps {
  readonly name: FunctionName;
  readonly spec: FunctionSpec;
  /** The bundle's folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

/** One handler of `functions/`, sized and permitted as the manifest says and no more. */
export class SigmaFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, { name, spec, folder, environment, statements }: SigmaFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    // A role of our own: the managed policy for logs reaches every log group of the account.
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com"), description: `Runs ${name}` });
    this.role.addToPolicy(
      new PolicyStatement({ sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
    );
    for (const statement of statements) this.role.addToPolicy(statement);

    this.lambda = new LambdaFunction(this, "Handler", {
      description: spec.description,
      code: Code.fromAsset(folder),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      // The runtime, and the SDK in it, change with a deployment only, never under a running one.
      runtimeManagementMode: RuntimeManagementMode.FUNCTION_UPDATE,
      architecture: Architecture.ARM_64,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { ...environment },
    });
    const ids = [
      "AwsSolutions-IAM5[Resource::*]",
      ...statements.flatMap((statement) => statement.resources.filter((arn) => arn.includes("*"))).map((arn) => `AwsSolutions-IAM5[Resource::${arn}]`),
    ];
    void ids;
    Validations.of(this.role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray's PutTraceSegments and PutTelemetryRecords know no resources.",
    });
  }
}
