import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "../acknowledge.ts";

/** Where news goes: signals and failed runs to one topic, the system's own alarms to another, lost events to a queue. */
export class Alerts extends Construct {
  readonly key: Key;
  readonly topic: Topic;
  readonly alarms: Topic;
  readonly lostEvents: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The key that AWS manages for SNS does not let CloudWatch publish.
    this.key = new Key(this, "Key", {
      description: "Encrypts the alert and alarm topics",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.topic = new Topic(this, "Topic", { displayName: "Sigma Lab alerts", masterKey: this.key, enforceSSL: true });
    this.alarms = new Topic(this, "Alarms", { displayName: "Sigma Lab alarms", masterKey: this.key, enforceSSL: true });
    const cloudWatch = {
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    };
    this.key.addToResourcePolicy(new PolicyStatement({ ...cloudWatch, actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: ["*"] }));
    this.alarms.addToResourcePolicy(
      new PolicyStatement({ ...cloudWatch, sid: "CloudWatchPublishes", actions: ["sns:Publish"], resources: [this.alarms.topicArn] }),
    );
    this.lostEvents = new Queue(this, "LostEvents", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.lostEvents, "SQS3", "It is itself the dead-letter queue, of the schedules, the rule and record-outcome.");
  }
}
