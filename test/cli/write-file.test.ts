import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../../cli/write-file.ts";
import { temporaryHome } from "./support.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("writeWhole", () => {
  it("writes and replaces a file in folders that it makes, and leaves nothing beside it", async () => {
    const { folder, remove } = temporaryHome();
    const path = join(folder, "a b", "c", "model.onnx");
    await writeWhole(path, bytes("first"));
    await writeWhole(path, bytes("second"));
    expect(readFileSync(path, "utf8")).toBe("second");
    expect(readdirSync(join(folder, "a b", "c"))).toEqual(["model.onnx"]);
    remove();
  });

  it("says which place cannot be written, and leaves what was there", async () => {
    const { folder, remove } = temporaryHome();
    writeFileSync(join(folder, "file"), "kept");
    await expect(writeWhole(join(folder, "file", "model.onnx"), bytes("x"))).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
    mkdirSync(join(folder, "taken"));
    await expect(writeWhole(join(folder, "taken"), bytes("x"))).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
    expect(readdirSync(folder).sort()).toEqual(["file", "taken"]);
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("kept");
    remove();
  });
});
