import { describe } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { artifactStoreContract } from "../../../contract/artifact-store.contract.ts";

describe("createMemoryArtifactStore", () => artifactStoreContract(async () => createMemoryArtifactStore()));
