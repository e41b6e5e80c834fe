import { describe, expect, it } from "vitest";
import { type OwnPack, standingsOf } from "../../../../web/src/pages/packs/pack-standing.ts";

const version = { version: "0.1.0", pack_sha: "a".repeat(64), written_at: "2026-11-20T14:00:00.000Z" };
const own: OwnPack = {
  pack_id: "my_pack",
  state: "active",
  active: version,
  candidate: null,
  submission: null,
  created_at: "2026-11-20T14:00:00.000Z",
  updated_at: "2026-11-20T14:00:00.000Z",
};
const submission = {
  state: "submitted" as const,
  version: "0.1.0",
  pack_sha: "a".repeat(64),
  submitted_at: "2026-11-20T14:00:00.000Z",
  note: null,
  reason: null,
  reviewed_at: null,
};
const names = (pack: Parameters<typeof standingsOf>[0]) => standingsOf(pack).map(({ name }) => name);

describe("standingsOf", () => {
  it("says of a built-in pack that it is one, and of one put there by hand that it is", () => {
    expect(names({ built_in: true, is_draft: false, own: null })).toEqual(["Built in"]);
    expect(names({ built_in: false, is_draft: false, own: null })).toEqual(["Your own, by hand"]);
  });

  it("tells a draft from a pack in use, and from one with a version that waits", () => {
    const candidate = { ...version, version: "0.2.0", check: null };
    expect(names({ built_in: false, is_draft: true, own: { ...own, state: "draft", active: null, candidate } })).toEqual(["Draft"]);
    expect(names({ built_in: false, is_draft: false, own })).toEqual(["In use"]);
    expect(names({ built_in: false, is_draft: false, own: { ...own, candidate } })).toEqual(["In use", "0.2.0 waits"]);
  });

  it("says what the review decided, with the reviewer's reason", () => {
    expect(names({ built_in: false, is_draft: false, own: { ...own, submission } })).toEqual(["In use", "0.1.0 submitted"]);
    expect(names({ built_in: false, is_draft: false, own: { ...own, submission: { ...submission, state: "approved" } } })).toEqual([
      "In use",
      "0.1.0 approved",
    ]);
    const refused = standingsOf({
      built_in: false,
      is_draft: false,
      own: { ...own, submission: { ...submission, state: "rejected", reason: "No limit on turnover." } },
    });
    expect(refused[1]).toMatchObject({ name: "0.1.0 refused", says: expect.stringContaining("No limit on turnover.") });
  });
});
