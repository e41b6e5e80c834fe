import { describe } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { CONTRACT_START, metadataStoreContract } from "../../../contract/metadata-store.contract.ts";

describe("createMemoryMetadataStore", () =>
  metadataStoreContract(async () => {
    const clock = createReplayClock(CONTRACT_START);
    return { store: createMemoryMetadataStore({ clock }), clock };
  }));
