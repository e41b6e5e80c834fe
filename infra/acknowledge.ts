import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Accepts one rule's finding on a construct, for a reason that a reviewer can judge. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** Accepts that a policy names this pattern of resources. Any other pattern stays a finding. */
export function acknowledgePattern(construct: IConstruct, arn: string, reason: string): void {
  acknowledge(construct, `IAM5[Resource::${shown(Stack.of(construct).resolve(arn))}]`, reason);
}

/** An ARN with its references as the rule writes them: `<Bucket.Arn>/matrices/*`. */
function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) throw new TypeError(`An ARN cannot hold ${JSON.stringify(value)}.`);
  const {
    Ref,
    "Fn::GetAtt": attribute,
    "Fn::Join": join,
  } = value as {
    readonly Ref?: string;
    readonly "Fn::GetAtt"?: readonly [string, string];
    readonly "Fn::Join"?: readonly [string, readonly unknown[]];
  };
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute !== undefined) return `<${attribute.join(".")}>`;
  if (join !== undefined) return join[1].map(shown).join(join[0]);
  throw new TypeError(`An ARN cannot hold ${JSON.stringify(value)}.`);
}
