import type { AnswerOf, RowOf } from "../../data/ask.ts";
import type { ChipTone } from "../../ui/chip.tsx";

export type PackRow = RowOf<"GET /packs">;
export type OwnPack = NonNullable<PackRow["own"]>;
export type PackDetail = AnswerOf<"GET /packs/{pack_id}">;

/** Where a pack stands, in a word or two, and what that means. */
export interface Standing {
  readonly name: string;
  readonly tone: ChipTone;
  readonly says: string;
}

/** What is to be said of where a pack stands: its use first, then a version that waits, then its review. */
export function standingsOf({ built_in, is_draft, own }: Pick<PackRow, "built_in" | "is_draft" | "own">): readonly Standing[] {
  if (built_in) return [{ name: "Built in", tone: "plain", says: "Comes with the product and stays as it is." }];
  if (own === null) return [{ name: "Your own, by hand", tone: "plain", says: "Its files were put into the workspace by hand." }];
  const { candidate, submission } = own;
  const use: Standing = is_draft
    ? { name: "Draft", tone: "warn", says: "No version has passed its one-year check yet, so no models can be made of it." }
    : { name: "In use", tone: "accent", says: "Models can be made of it." };
  const waits: readonly Standing[] =
    !is_draft && candidate !== null
      ? [
          {
            name: `${candidate.version} waits`,
            tone: "warn",
            says: "A newer version was written. Models use it once it has passed its check and was activated.",
          },
        ]
      : [];
  return [use, ...waits, ...(submission === null ? [] : [reviewStanding(submission)])];
}

function reviewStanding({ state, version, reason }: NonNullable<OwnPack["submission"]>): Standing {
  const because = reason === null || reason === "" ? "" : ` The reviewer says: ${reason}`;
  if (state === "approved") return { name: `${version} approved`, tone: "gain", says: `The review approved this version.${because}` };
  if (state === "rejected") return { name: `${version} refused`, tone: "danger", says: `The review refused this version.${because}` };
  return { name: `${version} submitted`, tone: "accent", says: "Handed in for review; the decision will be shown here." };
}
