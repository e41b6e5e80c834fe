import { describe } from "vitest";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { clockContract } from "../../../contract/clock.contract.ts";

describe("createSystemClock", () => clockContract(createSystemClock));
