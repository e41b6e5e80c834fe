import { describe } from "vitest";
import { createEnvSecrets } from "#lib/adapters/local/env-secrets.ts";
import { secretsContract } from "../../../contract/secrets.contract.ts";

describe("createEnvSecrets", () => secretsContract((values) => createEnvSecrets({ values })));
