import { FUNCTIONS, type FunctionSpec } from "#infra/manifest.ts";
import { ofType, type Resources, targetOf, textOf } from "./stack-fixture.ts";

/** One action on one resource that a role may do. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Everything that the policies of a role allow. */
export function grantsOf(resources: Resources, roleId: string): Grant[] {
  return ofType(resources, "AWS::IAM::Policy")
    .filter(([, { Properties }]) => listOf(Properties["Roles"]).some((role) => targetOf(role) === roleId))
    .flatMap(([, { Properties }]) => listOf((Properties["PolicyDocument"] as { Statement: unknown }).Statement))
    .flatMap((statement) => {
      const { Action, Resource } = statement as { Action: unknown; Resource: unknown };
      return listOf(Action).flatMap((action) =>
        listOf(Resource).map((resource) => ({ action: textOf(action), resource: textOf(resource) })),
      );
    });
}

/** The role of each Lambda function, by the function's description, which the manifest makes unique. */
export function roleOfFunction(resources: Resources, spec: FunctionSpec): string {
  const found = ofType(resources, "AWS::Lambda::Function").filter(([, { Properties }]) => Properties["Description"] === spec.description);
  if (found.length !== 1) throw new Error(`${found.length} functions are described as "${spec.description}".`);
  return targetOf(found[0]![1].Properties["Role"]);
}

const WRITES = ["dynamodb:UpdateItem", "dynamodb:DeleteItem"];
const READS = ["dynamodb:GetItem", "dynamodb:Query"];

/** What a role may do beyond its manifest entry, one sentence each; empty when it holds to it. */
export function excessOf(resources: Resources, spec: FunctionSpec): string[] {
  const levels = { State: spec.metadata, Signals: spec.signals ?? "none", Idempotency: spec.idempotency ?? "none" };
  const permitted = ({ action, resource }: Grant): boolean => {
    const table = /^<Storage(State|Signals|Idempotency)[0-9A-F]{8}\.Arn>(\/index\/by_index)?$/.exec(resource)?.[1] as
      | keyof typeof levels
      | undefined;
    const key = /^<StorageArtifacts[0-9A-F]{8}\.Arn>\/(.+)$/.exec(resource)?.[1];
    const machine = /:states:.*:(?:stateMachine|execution):<AWS::StackName>-([a-z]+)(?::\*)?$/.exec(resource)?.[1];
    if (READS.includes(action)) return table !== undefined && levels[table] !== "none";
    if (WRITES.includes(action)) return table !== undefined && levels[table] === "read-write";
    if (action === "s3:GetObject")
      return (
        spec.artifacts !== "none" &&
        (/^(matrices|predictions|owners)\/\*$/.test(key ?? "") || (spec.artifactWrites ?? []).includes(key ?? ""))
      );
    const webFiles = /^<WebFiles[0-9A-F]{8}\.Arn>(\/app\/\*)?$/.exec(resource);
    if (webFiles !== null)
      return (
        spec.webFiles === true && (webFiles[1] === undefined ? ["s3:ListBucket"] : ["s3:PutObject", "s3:DeleteObject"]).includes(action)
      );
    if (action === "s3:ListBucket") return spec.artifacts !== "none" && /^<StorageArtifacts[0-9A-F]{8}\.Arn>$/.test(resource);
    const cached = /^owners\/\*\/data\/(polygon|alpaca-sip|alpaca-iex)\/\*$/.test(key ?? "");
    if (cached && (action === "s3:PutObject" || action === "s3:DeleteObject")) return spec.marketData === true;
    if (key === "owners/*/data/iv/*" && action === "s3:PutObject") return spec.marketData === true;
    if (action === "secretsmanager:GetSecretValue")
      return spec.marketData === true && /:secret:SigmaLab\/(POLYGON_API_KEY|APCA_API_KEY_ID|APCA_API_SECRET_KEY)-\?{6}$/.test(resource);
    if (action === "s3:PutObject") return spec.artifacts === "read-write" && (spec.artifactWrites ?? []).includes(key ?? "");
    if (action === "s3:DeleteObject") return spec.artifactRemoves === true && (spec.artifactWrites ?? []).includes(key ?? "");
    if (action.startsWith("states:")) return (spec.workflow ?? []).some((name) => name === machine);
    if (action === "sns:Publish") return spec.alerts === true && /^<AlertsTopic[0-9A-F]{8}>$/.test(resource);
    if (action === "kms:Decrypt" || action === "kms:GenerateDataKey") return spec.alerts === true && resource.startsWith("<AlertsKey");
    if (action === "logs:CreateLogStream" || action === "logs:PutLogEvents") return /^<\w+Logs[0-9A-F]{8}\.Arn>$/.test(resource);
    if (action === "xray:PutTraceSegments" || action === "xray:PutTelemetryRecords") return resource === "*";
    // Where Lambda puts the events that this function failed on.
    if (/^sqs:(SendMessage|GetQueueAttributes|GetQueueUrl)$/.test(action))
      return spec === FUNCTIONS["record-outcome"] && resource.startsWith("<AlertsLostEvents");
    return false;
  };
  return grantsOf(resources, roleOfFunction(resources, spec))
    .filter((grant) => !permitted(grant))
    .map(({ action, resource }) => `${action} on ${resource}`);
}
