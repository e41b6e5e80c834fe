import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { canonicalJson } from "../../core/canonical-json.ts";
import { sha256 } from "../../core/digest.ts";
import type { AlertSink } from "../../ports/alert-sink.ts";
import { createRecentIds } from "../recent-ids.ts";
import { awsFault } from "./aws-fault.ts";

export interface SnsAlertSinkOptions {
  readonly client: SNSClient;
  /** A FIFO topic (`...fifo`) also drops repeats that come from other processes. */
  readonly topicArn: string;
}

/** Publishes each alert to an SNS topic, as JSON with kind, owner and id as attributes to filter by. */
export function createSnsAlertSink({ client, topicArn }: SnsAlertSinkOptions): AlertSink {
  const recent = createRecentIds();
  const fifo = topicArn.endsWith(".fifo");

  return {
    async deliver(alert) {
      if (recent.has(alert.id)) return;
      const { id, kind, owner, title, body } = alert;
      const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
      try {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subjectOf(title),
            Message: canonicalJson({ id, kind, owner, title, body }),
            MessageAttributes: { id: attribute(id), kind: attribute(kind), owner: attribute(owner) },
            ...(fifo && { MessageDeduplicationId: sha256(id), MessageGroupId: sha256(owner) }),
          }),
        );
      } catch (error) {
        throw awsFault(error, `publishing the alert "${id}" to SNS`, ["NotFoundException"]);
      }
      recent.add(id);
    },
  };
}

/** SNS takes printable ASCII, under 100 characters, not starting with a space. */
function subjectOf(title: string): string {
  const subject = title
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 99);
  return subject === "" ? "Sigma Lab" : subject;
}
