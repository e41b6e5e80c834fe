import { strengthOf } from "./series.ts";

/** Strongest tint of a cell: the number on it stays legible in both themes. */
const MOST_TINT = 46;

export interface HeatCellProps {
  readonly value: number | null | undefined;
  readonly largest: number;
  readonly text: string;
  readonly title?: string | undefined;
}

/** A number on a ground that is the stronger the larger it is: blue above zero, orange below. */
export function HeatCell({ value, largest, text, title }: HeatCellProps) {
  const share = Math.round(strengthOf(value, largest) * MOST_TINT);
  const tint = (value ?? 0) < 0 ? "var(--loss)" : "var(--gain)";
  return (
    <td title={title} style={share === 0 ? undefined : { background: `color-mix(in srgb, ${tint} ${share}%, var(--surface))` }}>
      {text}
    </td>
  );
}
