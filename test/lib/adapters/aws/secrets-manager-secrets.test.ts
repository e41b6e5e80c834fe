import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, describe, expect, it } from "vitest";
import { createSecretsManagerSecrets } from "#lib/adapters/aws/secrets-manager-secrets.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { secretsContract } from "../../../contract/secrets.contract.ts";

describe("createSecretsManagerSecrets", () => {
  const manager = mockClient(SecretsManagerClient);
  afterEach(() => manager.reset());
  const failure = (name: string, status: number) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  const create = (clock = createReplayClock(Date.UTC(2026, 0))) =>
    createSecretsManagerSecrets({ client: new SecretsManagerClient({ region: "us-east-1" }), prefix: "sigma/test/", clock });

  secretsContract((values) => {
    manager.on(GetSecretValueCommand).rejects(failure("ResourceNotFoundException", 400));
    for (const [name, SecretString] of Object.entries(values))
      manager.on(GetSecretValueCommand, { SecretId: `sigma/test/${name}` }).resolves({ SecretString });
    return create();
  });

  it("reads a value once in five minutes, and then sees a rotation", async () => {
    const clock = createReplayClock(Date.UTC(2026, 0));
    const secrets = create(clock);
    manager.on(GetSecretValueCommand).resolvesOnce({ SecretString: "old" }).resolves({ SecretString: "new" });
    expect(await secrets.get("TOKEN")).toBe("old");
    clock.advanceTo(clock.now() + 299_999);
    expect(await secrets.get("TOKEN")).toBe("old");
    clock.advanceTo(clock.now() + 1);
    expect(await secrets.get("TOKEN")).toBe("new");
    expect(manager.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  });

  it("names refused access and outages", async () => {
    manager.on(GetSecretValueCommand).rejects(failure("AccessDeniedException", 400));
    await expect(create().get("TOKEN")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    manager.on(GetSecretValueCommand).rejects(failure("InternalServiceError", 500));
    await expect(create().get("TOKEN")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
