import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { IV_FOLDER } from "#lib/market-data/iv-store/iv-keys.ts";
import { NETWORK_SECRETS, NETWORK_STORES } from "#lib/market-data/network-settings.ts";
import type { Table } from "#lib/ports/metadata-store.ts";
import type { MachineName } from "#lib/ports/workflow.ts";
import type { FunctionSpec } from "./manifest.ts";

/** What exists to be touched, by ARN. */
export interface Reach {
  readonly bucketArn: string;
  readonly tableArns: Readonly<Record<Table, string>>;
  readonly machineArn: (name: MachineName) => string;
  /** Pattern of the ARNs of a machine's executions. */
  readonly executionsArn: (name: MachineName) => string;
  /** ARN of a secret by its name, without the characters that Secrets Manager puts at its end. */
  readonly secretArn: (name: string) => string;
  readonly alertTopicArn: string;
  readonly alertKeyArn: string;
  /** The bucket of the web app's files. */
  readonly webBucketArn: string;
}

const READ_RECORDS = ["dynamodb:GetItem", "dynamodb:Query"];
/** The store writes by UpdateItem and DeleteItem alone, in transactions too. */
const WRITE_RECORDS = ["dynamodb:UpdateItem", "dynamodb:DeleteItem"];

/** Where artifacts of the product lie. A reader reads these, and what it writes elsewhere itself. */
const ARTIFACT_FOLDERS = ["matrices/*", "predictions/*", "owners/*"];

/** What the manifest's entry means in IAM, and no more. */
export function statementsOf(spec: FunctionSpec, reach: Reach): PolicyStatement[] {
  return [
    ...artifactStatements(spec, reach),
    ...marketDataStatements(spec, reach),
    ...recordStatements(spec, reach),
    ...workflowStatements(spec, reach),
    ...alertStatements(spec, reach),
    ...webStatements(spec, reach),
  ];
}

function artifactStatements(spec: FunctionSpec, { bucketArn }: Reach): PolicyStatement[] {
  if (spec.artifacts === "none") return [];
  const objects = (patterns: readonly string[]): string[] => patterns.map((pattern) => `${bucketArn}/${pattern}`);
  const writes = spec.artifacts === "read-write" ? (spec.artifactWrites ?? []) : [];
  const elsewhere = writes.filter((pattern) => !ARTIFACT_FOLDERS.some((folder) => pattern.startsWith(folder.slice(0, -1))));
  const statements = [
    new PolicyStatement({ sid: "ReadArtifacts", actions: ["s3:GetObject"], resources: objects([...ARTIFACT_FOLDERS, ...elsewhere]) }),
    // Without it S3 answers 403 instead of 404 for a key that does not exist; a condition on the prefix would bring the 403 back.
    new PolicyStatement({ sid: "ListArtifacts", actions: ["s3:ListBucket"], resources: [bucketArn] }),
  ];
  if (spec.artifacts === "read-write") {
    const resources = objects(writes);
    statements.push(new PolicyStatement({ sid: "WriteArtifacts", actions: ["s3:PutObject"], resources }));
    if (spec.artifactRemoves) statements.push(new PolicyStatement({ sid: "RemoveArtifacts", actions: ["s3:DeleteObject"], resources }));
  }
  return statements;
}

function marketDataStatements({ marketData }: FunctionSpec, { bucketArn, secretArn }: Reach): PolicyStatement[] {
  if (!marketData) return [];
  const folders = Object.values(NETWORK_STORES).map((store) => `${bucketArn}/owners/*/data/${store}/*`);
  return [
    new PolicyStatement({
      sid: "ReadVendorKeys",
      actions: ["secretsmanager:GetSecretValue"],
      // Six characters that nobody chooses end the ARN of a secret.
      resources: NETWORK_SECRETS.map((name) => `${secretArn(name)}-??????`),
    }),
    new PolicyStatement({ sid: "CacheMarketData", actions: ["s3:PutObject", "s3:DeleteObject"], resources: folders }),
    // What was recorded of a session is never removed.
    new PolicyStatement({
      sid: "RecordImpliedVolatility",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/owners/*/data/${IV_FOLDER}/*`],
    }),
  ];
}

function recordStatements(spec: FunctionSpec, { tableArns }: Reach): PolicyStatement[] {
  const access: readonly (readonly [Table, FunctionSpec["metadata"]])[] = [
    ["state", spec.metadata],
    ["signals", spec.signals ?? "none"],
    ["idempotency", spec.idempotency ?? "none"],
  ];
  return access.flatMap(([table, level]) => {
    if (level === "none") return [];
    const partitions = table === "state" ? spec.partitions : undefined;
    return new PolicyStatement({
      sid: `Records${table[0]!.toUpperCase()}${table.slice(1)}`,
      actions: level === "read" ? READ_RECORDS : [...READ_RECORDS, ...WRITE_RECORDS],
      resources: [tableArns[table], ...(partitions === undefined ? [`${tableArns[table]}/index/by_index`] : [])],
      ...(partitions !== undefined && { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [partitions] } } }),
    });
  });
}

function workflowStatements({ workflow = [] }: FunctionSpec, { machineArn, executionsArn }: Reach): PolicyStatement[] {
  if (workflow.length === 0) return [];
  return [
    new PolicyStatement({ sid: "StartRuns", actions: ["states:StartExecution"], resources: workflow.map(machineArn) }),
    new PolicyStatement({
      sid: "FollowRuns",
      actions: ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
      resources: workflow.map(executionsArn),
    }),
  ];
}

function alertStatements({ alerts }: FunctionSpec, { alertTopicArn, alertKeyArn }: Reach): PolicyStatement[] {
  if (!alerts) return [];
  return [
    new PolicyStatement({ sid: "PublishAlerts", actions: ["sns:Publish"], resources: [alertTopicArn] }),
    new PolicyStatement({ sid: "EncryptAlerts", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [alertKeyArn] }),
  ];
}

function webStatements({ webFiles }: FunctionSpec, { webBucketArn }: Reach): PolicyStatement[] {
  if (!webFiles) return [];
  return [
    new PolicyStatement({ sid: "ListWebFiles", actions: ["s3:ListBucket"], resources: [webBucketArn] }),
    new PolicyStatement({ sid: "WriteWebFiles", actions: ["s3:PutObject", "s3:DeleteObject"], resources: [`${webBucketArn}/app/*`] }),
  ];
}
