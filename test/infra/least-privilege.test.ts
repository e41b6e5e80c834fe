import { CfnResource } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { beforeAll, describe, expect, it } from "vitest";
import { calledFunctions } from "#infra/constructs/machines.ts";
import { FUNCTIONS, type FunctionName, type FunctionSpec, stateNameOf } from "#infra/manifest.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { excessOf, grantsOf, roleOfFunction } from "./granted.ts";
import { ofType, type Resources, synthesize, targetOf, textOf } from "./stack-fixture.ts";

const specs: Readonly<Record<FunctionName, FunctionSpec>> = FUNCTIONS;
const names = Object.keys(FUNCTIONS) as FunctionName[];

describe("roles", () => {
  let resources: Resources;
  beforeAll(() => {
    resources = synthesize().resources;
  }, 120_000);

  it("allow no action by a pattern, anywhere in the stack", () => {
    const all = ofType(resources, "AWS::IAM::Role").flatMap(([id]) => grantsOf(resources, id));
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ action }) => action.includes("*"))).toEqual([]);
  });

  it("attach no managed policy and are assumed by one service each", () => {
    for (const [, { Properties }] of ofType(resources, "AWS::IAM::Role")) {
      expect(Properties["ManagedPolicyArns"]).toBeUndefined();
      expect((Properties["AssumeRolePolicyDocument"] as { Statement: unknown[] }).Statement).toHaveLength(1);
    }
  });

  it.each(names)("%s may do nothing that the manifest does not say", (name) => {
    expect(excessOf(resources, specs[name])).toEqual([]);
  });

  it("grant what the manifest says: a fold writes predictions and records, and reads everything a plan names", () => {
    const granted = grantsOf(resources, roleOfFunction(resources, specs["fit-fold"])).map(
      ({ action, resource }) => `${action} ${resource.replace(/[0-9A-F]{8}/g, "")}`,
    );
    expect(granted).toEqual(
      expect.arrayContaining([
        "s3:GetObject <StorageArtifacts.Arn>/matrices/*",
        "s3:GetObject <StorageArtifacts.Arn>/owners/*",
        "s3:PutObject <StorageArtifacts.Arn>/predictions/*",
        "s3:PutObject <StorageArtifacts.Arn>/owners/*/predictions/*",
        "dynamodb:UpdateItem <StorageState.Arn>",
        "dynamodb:Query <StorageState.Arn>/index/by_index",
      ]),
    );
    expect(granted.filter((grant) => grant.startsWith("s3:PutObject"))).toHaveLength(2);
  });

  it("let those who read market data, and nobody else, have the vendors' keys and write their cache", () => {
    const having = (action: string): FunctionName[] =>
      names.filter((name) => grantsOf(resources, roleOfFunction(resources, specs[name])).some((grant) => grant.action === action));
    expect(having("secretsmanager:GetSecretValue")).toEqual([
      "api",
      "build-matrix",
      "plan-backtest",
      "build-composition",
      "plan-sweep",
      "calibrate-model",
      "plan-training",
      "start-pipeline",
      "record-volatility",
      "score-model",
    ]);
    const removes = names.flatMap((name) =>
      grantsOf(resources, roleOfFunction(resources, specs[name]))
        .filter(({ action, resource }) => action === "s3:DeleteObject" && resource.includes("/data/"))
        .map(({ resource }) => resource.replace(/^.*?\/owners/, "/owners")),
    );
    expect(new Set(removes)).toEqual(new Set(["/owners/*/data/polygon/*", "/owners/*/data/alpaca-sip/*", "/owners/*/data/alpaca-iex/*"]));
    const records = names.filter((name) =>
      grantsOf(resources, roleOfFunction(resources, specs[name])).some(
        ({ action, resource }) => action === "s3:PutObject" && resource.endsWith("/owners/*/data/iv/*"),
      ),
    );
    expect(records).toEqual(having("secretsmanager:GetSecretValue"));
  });

  it("let the authorizer read tokens and no other record", () => {
    const statements = JSON.stringify(
      ofType(resources, "AWS::IAM::Policy").filter(([, { Properties }]) =>
        (Properties["Roles"] as unknown[]).some((role) => targetOf(role) === roleOfFunction(resources, specs.authorizer)),
      ),
    );
    expect(statements).toContain('"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["token#*"]}');
  });

  it("let each machine invoke the functions of its own states only", () => {
    for (const machine of MACHINES) {
      const title = `Machines${stateNameOf(machine as FunctionName)}Role`;
      const [roleId] = ofType(resources, "AWS::IAM::Role").find(([id]) => new RegExp(`^${title}[0-9A-F]{8}$`).test(id))!;
      const invoked = grantsOf(resources, roleId)
        .filter(({ action }) => action === "lambda:InvokeFunction")
        .map(({ resource }) => resources[targetOf({ "Fn::GetAtt": resource.slice(1, -1).split(".") })]!.Properties["Description"]);
      expect(invoked.toSorted()).toEqual(
        calledFunctions(machine, names)
          .map((name) => specs[name].description)
          .toSorted(),
      );
    }
  });

  it("let each schedule start its own machine", () => {
    for (const [, { Properties }] of ofType(resources, "AWS::Scheduler::Schedule")) {
      const { RoleArn, Arn } = Properties["Target"] as { RoleArn: unknown; Arn: unknown };
      const started = grantsOf(resources, targetOf(RoleArn)).filter(({ action }) => action === "states:StartExecution");
      expect(started).toEqual([{ action: "states:StartExecution", resource: textOf(Arn) }]);
    }
  });
});

describe("excessOf", () => {
  it("finds what four roles were given beyond the manifest, and nothing in the others", () => {
    const planted: Readonly<Record<FunctionName, FunctionSpec>> = {
      ...specs,
      "record-failure": { ...specs["record-failure"], artifacts: "read-write", artifactWrites: ["owners/*"] },
      "plan-signals": { ...specs["plan-signals"], idempotency: "read-write" },
      "start-pipeline": { ...specs["start-pipeline"], workflow: ["pipeline", "publish"] },
      "fit-fold": { ...specs["fit-fold"], marketData: true },
    };
    const { resources } = synthesize({ functions: planted });
    const excess = (name: FunctionName): string[] => excessOf(resources, specs[name]).map((grant) => grant.replace(/[0-9A-F]{8}/, ""));
    expect(excess("record-failure")).toEqual(
      expect.arrayContaining(["s3:PutObject on <StorageArtifacts.Arn>/owners/*", "s3:GetObject on <StorageArtifacts.Arn>/matrices/*"]),
    );
    expect(excess("plan-signals")).toContain("dynamodb:UpdateItem on <StorageIdempotency.Arn>");
    expect(excess("start-pipeline").join()).toMatch(/states:StartExecution on .*-publish/);
    expect(excess("fit-fold").join()).toMatch(/GetSecretValue on .*POLYGON_API_KEY.*PutObject on .*owners\/\*\/data\/polygon/);
    expect(names.filter((name) => planted[name] === specs[name]).flatMap(excess)).toEqual([]);
  }, 120_000);
});

describe("createCloudApp", () => {
  it("refuses to synthesize roles that are too wide and resources that CloudFormation would refuse", () => {
    const wholeBucket: FunctionSpec = { ...specs["build-matrix"], artifactWrites: ["*"] };
    const synthesized = () =>
      synthesize({
        functions: { ...specs, "build-matrix": wholeBucket },
        change: ({ stack }) => {
          const role = stack.node.findChild("RecordFailure").node.findChild("Role") as Role;
          role.addToPolicy(new PolicyStatement({ actions: ["s3:*"], resources: ["arn:aws:s3:::other/*"] }));
          new CfnResource(stack, "Planted", { type: "AWS::SQS::Queue", properties: { VisibilityTimeout: "soon" } });
        },
      });
    let report = "";
    try {
      synthesized();
    } catch (error) {
      report = (error as Error).message;
    }
    expect(report).toContain("AwsSolutions-IAM5[Action::s3:*]");
    expect(report).toMatch(/AwsSolutions-IAM5\[Resource::<StorageArtifacts\w+\.Arn>\/\*\]/);
    expect(report).toContain("VisibilityTimeout");
  }, 120_000);
});
