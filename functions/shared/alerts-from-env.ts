import { SNSClient } from "@aws-sdk/client-sns";
import { createSnsAlertSink } from "#lib/adapters/aws/sns-alert-sink.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import { type Env, readEnv } from "./env.ts";

/** @throws CONFIG_INVALID naming the variable that is missing */
export function alertsFromEnv(env: Env = process.env): AlertSink {
  return createSnsAlertSink({ client: new SNSClient({}), topicArn: readEnv(env, "ALERT_TOPIC_ARN") });
}
