import { describe, expect, it } from "vitest";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import { createLab, SERIES } from "../lab.ts";

/** The lab's series with one negative volume, which a provider could send. */
function withNegativeVolume() {
  const volume = SERIES.bars.volume.slice().fill(-1, 500, 501);
  const bars = { ...SERIES.bars, volume };
  return { bars, facts: { ...SERIES.facts, fingerprint: fingerprintOf(bars) } };
}

const refused = { code: "QUALITY_FAILED", facts: { failed: ["non_negative_volume"] } };

describe("createBuildMatrix on data that fail a check", () => {
  it("stops, names the check and stores nothing", async () => {
    const lab = await createLab();
    lab.setSeries(withNegativeVolume());
    await expect(lab.build()).rejects.toMatchObject(refused);
    await expect(lab.planBacktest()).rejects.toMatchObject({ code: "UNPROCESSABLE" });
  });

  it("is overruled by force, which the manifest records beside the failed verdict", async () => {
    const lab = await createLab();
    lab.setSeries(withNegativeVolume());
    const built = await lab.build({ force: true });
    expect(built).toMatchObject({ quality: "fail", forced: ["non_negative_volume"], reused: false });
    const { manifest } = await loadMatrix(lab.ports.artifacts, built.prefix, built.matrix_sha);
    expect(manifest.forced).toEqual(["non_negative_volume"]);
    expect(manifest.quality.verdicts.find(({ check }) => check === "non_negative_volume")).toMatchObject({
      status: "fail",
      numbers: { negative: 1 },
    });
  });

  it("does not pass on somebody's force: the same request without it stops again", async () => {
    const lab = await createLab();
    lab.setSeries(withNegativeVolume());
    await lab.build({ force: true });
    await expect(lab.build()).rejects.toMatchObject(refused);
    expect(await lab.build({ force: true })).toMatchObject({ forced: ["non_negative_volume"] });
  });

  it("records no force where nothing failed", async () => {
    const lab = await createLab();
    expect(await lab.build({ force: true })).toMatchObject({ forced: [], reused: false });
    expect(await lab.build()).toMatchObject({ forced: [], reused: true });
  });
});
