import { readFileSync } from "node:fs";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { calledFunctions } from "#infra/constructs/machines.ts";
import { FUNCTIONS, type FunctionName, type FunctionSpec } from "#infra/manifest.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { quotaVariables } from "#lib/quotas/quotas.ts";
import { ofType, type Resources, synthesize, targetOf, textOf } from "./stack-fixture.ts";

const names = Object.keys(FUNCTIONS) as FunctionName[];
let template: Template;
let resources: Resources;

beforeAll(() => {
  ({ template, resources } = synthesize());
}, 120_000);

describe("functions", () => {
  it("are one for each manifest entry, with its memory, time and description", () => {
    template.resourceCountIs("AWS::Lambda::Function", names.length);
    for (const name of names) {
      const { description, memoryMb, timeoutSeconds }: FunctionSpec = FUNCTIONS[name];
      template.hasResourceProperties("AWS::Lambda::Function", {
        Description: description,
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
        LoggingConfig: Match.objectLike({ LogFormat: "JSON", LogGroup: Match.anyValue() }),
      });
    }
  });

  it("have a runtime that only a deployment changes", () => {
    for (const [, { Properties }] of ofType(resources, "AWS::Lambda::Function"))
      expect(Properties["RuntimeManagementConfig"]).toEqual({ UpdateRuntimeOn: "FunctionUpdate" });
  });

  it("write to log groups that expire", () => {
    for (const [, { Properties }] of ofType(resources, "AWS::Logs::LogGroup")) expect(Properties["RetentionInDays"]).toBe(90);
    expect(ofType(resources, "AWS::Logs::LogGroup")).toHaveLength(names.length + MACHINES.length + 1);
  });

  it("name only variables that the composition roots read", () => {
    const read = [
      "shared/ports-from-env",
      "shared/record-ports-from-env",
      "shared/alerts-from-env",
      "shared/workflow-from-env",
      "authorizer/index",
      "publish-web/index",
    ]
      .map((file) => readFileSync(new URL(`../../functions/${file}.ts`, import.meta.url), "utf8"))
      .join("\n");
    const given = new Set(
      ofType(resources, "AWS::Lambda::Function").flatMap(([, { Properties }]) =>
        Object.keys((Properties["Environment"] as { Variables: Record<string, unknown> }).Variables),
      ),
    );
    const asked = new Set([...read.matchAll(/readEnv\((?:env|process\.env), "([A-Z_]+)"\)/g)].map((match) => match[1]!));
    expect([...given].toSorted()).toEqual([...asked].toSorted());
  });
});

describe("settings of the vendors' plans", () => {
  it("are given to the functions that read market data, and to no other", () => {
    const network = { POLYGON_REQUESTS_PER_MINUTE: "1000", ALPACA_FEED: "sip" };
    const specs: Readonly<Record<FunctionName, FunctionSpec>> = FUNCTIONS;
    for (const [, { Properties }] of ofType(synthesize({ network }).resources, "AWS::Lambda::Function")) {
      const name = names.find((one) => specs[one].description === Properties["Description"])!;
      const { Variables } = Properties["Environment"] as { Variables: Record<string, unknown> };
      if (specs[name].marketData) expect(Variables, name).toMatchObject(network);
      else for (const variable of Object.keys(network)) expect(Variables, name).not.toHaveProperty(variable);
    }
  }, 120_000);
});

describe("settings of quotas", () => {
  it("are given to the API, and to no other function", () => {
    const quotas = quotaVariables({ SIGMA_QUOTA_SWEEPS_PER_DAY: "30", SIGMA_QUOTA_RUNNING_SWEEPS: "", SIGMA_HOME: "x" });
    expect(quotas).toEqual({ SIGMA_QUOTA_SWEEPS_PER_DAY: "30" });
    const given = ofType(synthesize({ quotas }).resources, "AWS::Lambda::Function").filter(
      ([, { Properties }]) => "SIGMA_QUOTA_SWEEPS_PER_DAY" in (Properties["Environment"] as { Variables: object }).Variables,
    );
    expect(given.map(([, { Properties }]) => Properties["Description"])).toEqual([FUNCTIONS.api.description]);
  }, 120_000);
});

describe("storage", () => {
  it("keeps artifacts in a bucket that is versioned, encrypted, private and reached by TLS only", () => {
    template.hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      Properties: {
        VersioningConfiguration: { Status: "Enabled" },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [Match.objectLike({ Status: "Enabled", Transitions: [{ StorageClass: "STANDARD_IA", TransitionInDays: 30 }] })],
        },
        LoggingConfiguration: Match.objectLike({ LogFilePrefix: "artifacts/" }),
      },
    });
  });

  it("refuses plain HTTP on every bucket, topic and queue", () => {
    const policies = ["AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"].flatMap((type) => ofType(resources, type));
    expect(policies).toHaveLength(7);
    for (const [, { Properties }] of policies)
      expect(JSON.stringify(Properties["PolicyDocument"])).toMatch(
        /"Bool":\{"aws:SecureTransport":"false"\},?.*"Effect":"Deny"|"Effect":"Deny".*"aws:SecureTransport":"false"/,
      );
  });

  it("keeps records in three on-demand tables with the adapter's keys, index and expiry", () => {
    const key = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: "HASH" },
      { AttributeName: range, KeyType: "RANGE" },
    ];
    template.allResources("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      Properties: Match.objectLike({
        KeySchema: key("pk", "sk"),
        GlobalSecondaryIndexes: [{ IndexName: "by_index", KeySchema: key("ipk", "isk"), Projection: { ProjectionType: "ALL" } }],
        BillingMode: "PAY_PER_REQUEST",
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: "expires_at", Enabled: true },
        DeletionProtectionEnabled: true,
      }),
    });
    template.resourceCountIs("AWS::DynamoDB::Table", 3);
    const streams = ofType(resources, "AWS::DynamoDB::Table").flatMap(([id, { Properties }]) =>
      Properties["StreamSpecification"] ? [id.replace(/[0-9A-F]{8}$/, "")] : [],
    );
    expect(streams).toEqual(["StorageSignals"]);
  });
});

describe("machines", () => {
  it("are the ten files, each with every placeholder filled, logged and traced", () => {
    template.resourceCountIs("AWS::StepFunctions::StateMachine", 10);
    for (const machine of MACHINES) {
      const [, { Properties }] = ofType(resources, "AWS::StepFunctions::StateMachine").find(
        ([, { Properties: found }]) => textOf(found["StateMachineName"]) === `<AWS::StackName>-${machine}`,
      )!;
      const text = readFileSync(new URL(`../../state-machines/${machine}.asl.json`, import.meta.url), "utf8");
      const placeholders = new Set([...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]!));
      const substitutions = Properties["DefinitionSubstitutions"] as Record<string, unknown>;
      expect(Object.keys(substitutions).toSorted()).toEqual([...placeholders].toSorted());
      for (const [name, arn] of Object.entries(substitutions)) {
        expect(textOf(arn)).toMatch(/^<\w+\.Arn>$/);
        expect(targetOf(arn)).toContain(name.replace(/Arn$/, ""));
      }
      expect(Properties["LoggingConfiguration"]).toMatchObject({ Level: "ALL" });
      expect(Properties["TracingConfiguration"]).toEqual({ Enabled: true });
    }
  });
});

describe("every function", () => {
  it("is called by a machine, a route, the rule on ended executions or the deployment", () => {
    const called = new Set(MACHINES.flatMap((machine) => calledFunctions(machine, names)));
    const integrated = ofType(resources, "AWS::ApiGatewayV2::Integration").map(([, { Properties }]) =>
      targetOf(Properties["IntegrationUri"]),
    );
    const authorizers = ofType(resources, "AWS::ApiGatewayV2::Authorizer").map(([, { Properties }]) => textOf(Properties["AuthorizerUri"]));
    const told = ofType(resources, "AWS::Events::Rule").flatMap(([, { Properties }]) =>
      (Properties["Targets"] as { Arn: unknown }[]).map(({ Arn }) => targetOf(Arn)),
    );
    const deployed = ofType(resources, "Custom::WebApp").map(([, { Properties }]) => targetOf(Properties["ServiceToken"]));
    const reached = ofType(resources, "AWS::Lambda::Function").filter(
      ([id]) =>
        integrated.includes(id) || told.includes(id) || deployed.includes(id) || authorizers.some((uri) => uri.includes(`<${id}.Arn>`)),
    );
    const others = reached.map(([, { Properties }]) => names.find((name) => FUNCTIONS[name].description === Properties["Description"])!);
    expect([...called, ...others].toSorted()).toEqual(names.toSorted());
  });
});

describe("the HTTP API", () => {
  const routes = () =>
    new Map(ofType(resources, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => [Properties["RouteKey"] as string, Properties]));

  it("asks the authorizer on everything but health, the description, its page and preflight requests", () => {
    const open = [...routes()].flatMap(([route, { AuthorizationType }]) => (AuthorizationType === "NONE" ? [route] : []));
    expect(open.toSorted()).toEqual([
      "GET /docs",
      "GET /healthz",
      "GET /openapi.json",
      "GET /v1/docs",
      "GET /v1/healthz",
      "GET /v1/openapi.json",
      "OPTIONS /{proxy+}",
    ]);
    expect(routes().get("$default")).toMatchObject({ AuthorizationType: "CUSTOM", AuthorizerId: { Ref: expect.any(String) } });
    expect(routes().size).toBe(8);
  });

  it("lets a revoked token in for a minute at most", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: ["$request.header.Authorization"],
    });
  });

  it("is throttled and logged", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { DestinationArn: Match.anyValue() },
    });
  });
});

describe("ended executions", () => {
  it("of all machines reach record-outcome, or the queue of lost events", () => {
    const [[, rule]] = ofType(resources, "AWS::Events::Rule") as [[string, Resources[string]]];
    const pattern = rule.Properties["EventPattern"] as { detail: { status: string[]; stateMachineArn: unknown[] } };
    expect(pattern.detail.status).toEqual(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);
    expect(pattern.detail.stateMachineArn.map(targetOf).toSorted()).toEqual(
      ofType(resources, "AWS::StepFunctions::StateMachine")
        .map(([id]) => id)
        .toSorted(),
    );
    const queue = ofType(resources, "AWS::SQS::Queue")[0]![0];
    expect(rule.Properties["Targets"]).toMatchObject([{ DeadLetterConfig: { Arn: { "Fn::GetAtt": [queue, "Arn"] } } }]);
    template.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": [queue, "Arn"] } } },
    });
  });
});

describe("alarms", () => {
  it("all tell the topic of alarms, and together watch every machine and the queue", () => {
    const alarms = ofType(resources, "AWS::CloudWatch::Alarm");
    const topic = targetOf((alarms[0]![1].Properties["AlarmActions"] as unknown[])[0]);
    expect(topic).toMatch(/^AlertsAlarms/);
    for (const [, { Properties }] of alarms) expect((Properties["AlarmActions"] as unknown[]).map(targetOf)).toEqual([topic]);
    const watched = JSON.stringify(alarms);
    for (const [id] of [...ofType(resources, "AWS::StepFunctions::StateMachine"), ...ofType(resources, "AWS::SQS::Queue")])
      expect(watched).toContain(id);
    for (const [id] of ofType(resources, "AWS::Lambda::Function")) expect(watched).toContain(id);
  });
});

describe("the stack", () => {
  it("names no account and no region", () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toMatch(/arn:aws:[a-z0-9-]*:[a-z]{2}-[a-z]+-\d/);
    expect(text).not.toMatch(/:\d{12}:/);
  });

  it("encrypts its topics with a key that rotates and that CloudWatch may use", () => {
    template.allResourcesProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties("AWS::KMS::Key", {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: "cloudwatch.amazonaws.com" }, Action: ["kms:Decrypt", "kms:GenerateDataKey"] }),
        ]),
      },
    });
  });
});
