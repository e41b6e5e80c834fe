import { describe } from "vitest";
import { createMemoryAlertSink } from "#lib/adapters/memory/memory-alert-sink.ts";
import { alertSinkContract } from "../../../contract/alert-sink.contract.ts";

describe("createMemoryAlertSink", () =>
  alertSinkContract(async () => {
    const sink = createMemoryAlertSink();
    return { sink, accepted: () => sink.delivered.map(({ id }) => id) };
  }));
