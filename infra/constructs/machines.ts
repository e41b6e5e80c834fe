import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ArnFormat, Aws, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { MACHINES, type MachineName } from "#lib/ports/workflow.ts";
import { acknowledge } from "../acknowledge.ts";
import { type FunctionName, stateNameOf } from "../manifest.ts";

const definitionPath = (name: MachineName): string => fileURLToPath(new URL(`../../state-machines/${name}.asl.json`, import.meta.url));

/** The functions that a machine's states call, by the placeholders in its file. */
export function calledFunctions(name: MachineName, functions: readonly FunctionName[]): FunctionName[] {
  const text = readFileSync(definitionPath(name), "utf8");
  const placeholders = new Set([...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]!));
  const called = functions.filter((each) => placeholders.delete(`${stateNameOf(each)}Arn`));
  if (placeholders.size > 0)
    throw new Error(`state-machines/${name}.asl.json asks for "${[...placeholders].join(", ")}", which no function fills.`);
  return called;
}

/**
 * Machines are named after the stack, so that their ARNs are known before they exist: `start-pipeline` starts a machine and is
 * called by one.
 */
export function machineArn(stack: Stack, name: MachineName | ""): string {
  return stack.formatArn({
    service: "states",
    resource: "stateMachine",
    resourceName: `${Aws.STACK_NAME}-${name}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Pattern of the ARNs of a machine's executions. */
export function executionsArn(stack: Stack, name: MachineName): string {
  return stack.formatArn({
    service: "states",
    resource: "execution",
    resourceName: `${Aws.STACK_NAME}-${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The state machines of `state-machines/`, each with a role that invokes its own functions. */
export class Machines extends Construct {
  readonly byName: Readonly<Record<MachineName, StateMachine>>;

  constructor(scope: Construct, id: string, functions: Readonly<Record<FunctionName, LambdaFunction>>) {
    super(scope, id);
    this.byName = Object.fromEntries(MACHINES.map((name) => [name, this.machine(name, functions)])) as Record<MachineName, StateMachine>;
  }

  private machine(name: MachineName, functions: Readonly<Record<FunctionName, LambdaFunction>>): StateMachine {
    const called = calledFunctions(name, Object.keys(functions) as FunctionName[]);
    const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const role = new Role(this, `${title}Role`, {
      assumedBy: new ServicePrincipal("states.amazonaws.com"),
      description: `Runs the machine ${name}`,
    });
    role.addToPolicy(
      new PolicyStatement({
        sid: "InvokeSteps",
        actions: ["lambda:InvokeFunction"],
        resources: called.map((each) => functions[each].functionArn),
      }),
    );
    const logs = new LogGroup(this, `${title}Logs`, {
      // Under this prefix the log groups share one resource policy, whose size is limited.
      logGroupName: `/aws/vendedlogs/states/${Aws.STACK_NAME}-${name}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(role, "IAM5[Resource::*]", "Step Functions' log delivery and X-Ray's calls know no resources.");
    return new StateMachine(this, title, {
      stateMachineName: `${Aws.STACK_NAME}-${name}`,
      definitionBody: DefinitionBody.fromFile(definitionPath(name)),
      definitionSubstitutions: Object.fromEntries(called.map((each) => [`${stateNameOf(each)}Arn`, functions[each].functionArn])),
      role,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: true },
      tracingEnabled: true,
    });
  }
}
