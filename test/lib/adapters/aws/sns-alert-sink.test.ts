import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, describe, expect, it } from "vitest";
import { createSnsAlertSink } from "#lib/adapters/aws/sns-alert-sink.ts";
import { ALERT, alertSinkContract, breakableAlertSinkContract } from "../../../contract/alert-sink.contract.ts";

const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";

describe("createSnsAlertSink", () => {
  const sns = mockClient(SNSClient);
  afterEach(() => sns.reset());
  const underTest = async () => {
    const accepted: string[] = [];
    let broken = false;
    sns.on(PublishCommand).callsFake((input: { Message: string }) => {
      if (broken) throw Object.assign(new Error("Throttled"), { name: "ThrottledException", $metadata: { httpStatusCode: 429 } });
      accepted.push((JSON.parse(input.Message) as { id: string }).id);
      return {};
    });
    return {
      sink: createSnsAlertSink({ client: new SNSClient({ region: "us-east-1" }), topicArn }),
      accepted: () => accepted,
      breakReceiver: () => {
        broken = true;
      },
      repairReceiver: () => {
        broken = false;
      },
    };
  };
  alertSinkContract(underTest);
  breakableAlertSinkContract(underTest);

  it("sends a printable subject and attributes to filter by", async () => {
    const { sink } = await underTest();
    await sink.deliver(ALERT);
    await sink.deliver({ ...ALERT, id: "2", title: "\n\u{1F600}" });
    const [first, second] = sns.commandCalls(PublishCommand).map(({ args }) => args[0].input);
    expect(first).toMatchObject({
      TopicArn: topicArn,
      Subject: "BUY SPY [2J forged",
      MessageAttributes: { kind: { StringValue: "signal" } },
    });
    expect(JSON.parse(first!.Message!)).toEqual(ALERT);
    expect(second!.Subject).toBe("Sigma Lab");
    expect(first!.MessageDeduplicationId).toBeUndefined();
  });

  it("lets a FIFO topic drop repeats", async () => {
    sns.on(PublishCommand).resolves({});
    await createSnsAlertSink({ client: new SNSClient({ region: "us-east-1" }), topicArn: `${topicArn}.fifo` }).deliver(ALERT);
    // SHA-256 of "signal_1".
    expect(sns.commandCalls(PublishCommand)[0]!.args[0].input.MessageDeduplicationId).toMatch(/^[0-9a-f]{64}$/);
  });

  it("names a topic that does not exist", async () => {
    sns.on(PublishCommand).rejects(Object.assign(new Error("x"), { name: "NotFoundException", $metadata: { httpStatusCode: 404 } }));
    const sink = createSnsAlertSink({ client: new SNSClient({ region: "us-east-1" }), topicArn });
    await expect(sink.deliver(ALERT)).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});
