import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeManagementMode,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge, acknowledgePattern } from "../acknowledge.ts";
import type { FunctionName, FunctionSpec } from "../manifest.ts";

export interface SigmaFunctionProps {
  readonly name: FunctionName;
  readonly spec: FunctionSpec;
  /** The bundle's folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

const FOLDERS = "Below these folders the keys are digests and owners, which no deployment knows.";

/** Why a statement, by its id, names patterns. A statement that is not here must name its resources. */
const PATTERN_REASONS: Readonly<Record<string, string>> = {
  ReadArtifacts: FOLDERS,
  WriteArtifacts: FOLDERS,
  RemoveArtifacts: FOLDERS,
  CacheMarketData: FOLDERS,
  RecordImpliedVolatility: FOLDERS,
  WriteWebFiles: "The build names its files by their content, which no deployment knows; the bucket holds nothing else.",
  FollowRuns: "Executions are named by their run ids, which no deployment knows; the machine is named.",
};

/** A folder of artifacts or a machine is named before the first `*`; a pattern over more than that stays a finding. */
const NAMED_BEFORE_PATTERN = /^[^*]*(\/(matrices|predictions|owners|app)\/|:execution:[^*:]+:)[^:]*\*/;

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
    acknowledge(this.role, "IAM5[Resource::*]", "X-Ray's PutTraceSegments and PutTelemetryRecords know no resources.");
    for (const { sid, resources } of statements) {
      const reason = PATTERN_REASONS[sid ?? ""];
      if (reason === undefined) continue;
      for (const arn of resources) if (NAMED_BEFORE_PATTERN.test(arn)) acknowledgePattern(this.role, arn, reason);
    }
  }
}
