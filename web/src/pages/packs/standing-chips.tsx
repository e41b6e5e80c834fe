import { Chip, Chips } from "../../ui/chip.tsx";
import { type PackRow, standingsOf } from "./pack-standing.ts";

/** Where a pack stands. */
export function StandingChips({ pack }: { readonly pack: Pick<PackRow, "built_in" | "is_draft" | "own"> }) {
  return (
    <Chips>
      {standingsOf(pack).map(({ name, tone, says }) => (
        <span key={name} title={says}>
          <Chip tone={tone}>{name}</Chip>
        </span>
      ))}
    </Chips>
  );
}
