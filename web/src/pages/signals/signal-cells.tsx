import { Chip } from "../../ui/chip.tsx";
import { sideInWords } from "../../words/signals.ts";

export interface Sided {
  readonly signal: "BUY" | "SELL" | "HOLD";
  readonly closes: boolean;
}

const TONES = { BUY: "gain", SELL: "loss", HOLD: "plain" } as const;

/** What a signal asks for. The colour repeats the word. */
export const SideChip = (signal: Sided) => <Chip tone={TONES[signal.signal]}>{sideInWords(signal)}</Chip>;
