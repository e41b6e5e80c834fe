import { ArnFormat, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { Alerts } from "../constructs/alerts.ts";
import { SigmaHttpApi } from "../constructs/http-api.ts";
import { Identity } from "../constructs/identity.ts";
import { executionsArn, Machines, machineArn } from "../constructs/machines.ts";
import { Monitoring } from "../constructs/monitoring.ts";
import { Outcomes } from "../constructs/outcomes.ts";
import { Schedules } from "../constructs/schedules.ts";
import { SigmaFunction } from "../constructs/sigma-function.ts";
import { Storage } from "../constructs/storage.ts";
import { WebApp, WebFiles } from "../constructs/web-app.ts";
import { FUNCTIONS, type FunctionName, type FunctionSpec, stateNameOf } from "../manifest.ts";
import { type Reach, statementsOf } from "../permissions.ts";
import type { WebSettings } from "../web-settings.ts";

export interface SigmaStackProps extends StackProps {
  /** The folder of each function's bundle. */
  readonly bundles: ReadonlyMap<FunctionName, { readonly folder: string }>;
  /** Variables of the vendors' plans, for the functions that read market data. */
  readonly network?: Readonly<Record<string, string>>;
  /** Variables that set what callers may ask for, for the API. */
  readonly quotas?: Readonly<Record<string, string>>;
  readonly web: {
    /** Digest of the built app. */
    readonly digest: string;
    readonly settings?: WebSettings;
  };
  /** What the functions may do; the manifest unless a test says otherwise. */
  readonly functions?: Readonly<Record<FunctionName, FunctionSpec>>;
}

/** The whole system in one account and region, whichever they are. */
export class SigmaStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { bundles, network = {}, quotas = {}, web, functions: specs = FUNCTIONS, ...props }: SigmaStackProps,
  ) {
    super(scope, id, props);
    const storage = new Storage(this, "Storage");
    const alerts = new Alerts(this, "Alerts");
    const identity = new Identity(this, "Identity");

    const { bucket: webBucket } = new WebFiles(this, "Web", storage);

    const { artifacts, tables } = storage;
    const reach: Reach = {
      bucketArn: artifacts.bucketArn,
      tableArns: { state: tables.state.tableArn, signals: tables.signals.tableArn, idempotency: tables.idempotency.tableArn },
      machineArn: (name) => machineArn(this, name),
      executionsArn: (name) => executionsArn(this, name),
      secretArn: (secret) =>
        this.formatArn({
          service: "secretsmanager",
          resource: "secret",
          resourceName: `${this.secretPrefix}${secret}`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      alertTopicArn: alerts.topic.topicArn,
      alertKeyArn: alerts.key.keyArn,
      webBucketArn: webBucket.bucketArn,
    };
    const functions = Object.fromEntries(
      (Object.keys(specs) as FunctionName[]).map((name) => {
        const environment = {
          ...this.environmentOf(name, specs[name], storage, alerts, identity),
          ...(specs[name].marketData && network),
          ...(name === "api" && quotas),
          ...(specs[name].webFiles && { WEB_BUCKET: webBucket.bucketName }),
        };
        const props = {
          name,
          spec: specs[name],
          folder: bundles.get(name)!.folder,
          environment,
          statements: statementsOf(specs[name], reach),
        };
        return [name, new SigmaFunction(this, stateNameOf(name), props).lambda];
      }),
    ) as Record<FunctionName, LambdaFunction>;

    const machines = new Machines(this, "Machines", functions).byName;
    const { api } = new SigmaHttpApi(this, "Http", { api: functions.api, authorizer: functions.authorizer });
    const { client, issuer, signInOrigin } = identity;
    const { address } = new WebApp(this, "Site", {
      files: webBucket,
      api,
      publish: functions["publish-web"],
      signIn: { domain: signInOrigin, client_id: client.userPoolClientId, issuer },
      digest: web.digest,
      settings: web.settings ?? {},
    });
    identity.leadTo(address);
    new Schedules(this, "Schedules", { machines, lostEvents: alerts.lostEvents });
    new Outcomes(this, "Outcomes", {
      machines: Object.values(machines),
      recordOutcome: functions["record-outcome"],
      lostEvents: alerts.lostEvents,
    });
    new Monitoring(this, "Monitoring", { functions, machines, api, lostEvents: alerts.lostEvents, topic: alerts.alarms });

    const outputs = {
      AppUrl: address,
      ApiUrl: api.apiEndpoint,
      ArtifactBucket: artifacts.bucketName,
      StateTable: tables.state.tableName,
      AlertTopicArn: alerts.topic.topicArn,
      AlarmTopicArn: alerts.alarms.topicArn,
      LostEventsQueueUrl: alerts.lostEvents.queueUrl,
      UserPoolId: identity.pool.userPoolId,
      UserPoolClientId: identity.client.userPoolClientId,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** What stands before the names of secrets, so that two stacks in one account have their own. */
  private get secretPrefix(): string {
    return `${this.stackName}/`;
  }

  /** Names of what a function may touch. A name is no permission: a store of records wants all three tables' names. */
  private environmentOf(
    name: FunctionName,
    spec: FunctionSpec,
    { artifacts, tables }: Storage,
    { topic }: Alerts,
    { issuer, client }: Identity,
  ): Record<string, string> {
    return {
      ...(spec.metadata !== "none" && {
        STATE_TABLE: tables.state.tableName,
        SIGNALS_TABLE: tables.signals.tableName,
        IDEMPOTENCY_TABLE: tables.idempotency.tableName,
      }),
      ...(spec.artifacts !== "none" && { ARTIFACT_BUCKET: artifacts.bucketName, SECRET_PREFIX: this.secretPrefix }),
      ...(spec.workflow && { STATE_MACHINE_ARN_PREFIX: machineArn(this, "") }),
      ...(spec.alerts && { ALERT_TOPIC_ARN: topic.topicArn }),
      ...(name === "authorizer" && { USER_POOL_ISSUER: issuer, USER_POOL_CLIENT_ID: client.userPoolClientId }),
    };
  }
}
