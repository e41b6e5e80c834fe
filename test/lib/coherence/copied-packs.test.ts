import { describe, expect, it } from "vitest";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { documentsOf, packIds } from "#lib/packs/pack-source.ts";
import { copyDocuments, versionIn } from "../../../web/src/pages/packs/document-texts.ts";

describe("copyDocuments", () => {
  const builtIn = readBuiltinPacks();

  it.each(packIds(builtIn))("makes of %s a pack of another id that the checks approve", (packId) => {
    const texts = Object.fromEntries(
      builtIn
        .list()
        .filter((path) => path.startsWith(`${packId}/`))
        .map((path) => [path, builtIn.read(path)!]),
    );
    const copy = copyDocuments(texts, packId, { id: "my_copy", name: "My Copy" });
    expect(Object.keys(copy).filter((path) => !path.startsWith("my_copy/") || path.includes("model_configs"))).toEqual([]);
    expect(versionIn(copy["my_copy/pack.yaml"]!)).toBe("0.1.0");
    const report = validatePack(documentsOf(copy), "my_copy");
    expect(report.checks.filter(({ status }) => status === "FAIL")).toEqual([]);
  });
});
