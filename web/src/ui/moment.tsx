import { useNow } from "../data/now.ts";
import { formatAge, formatMoment, formatUtc, UNKNOWN } from "../words/format.ts";

export interface MomentProps {
  readonly at: string | number | null | undefined;
  /** `4 min ago` instead of date and time. */
  readonly ago?: boolean;
}

/** A moment in New York time; UTC stands in its title. */
export function Moment({ at, ago = false }: MomentProps) {
  const now = useNow();
  if (at === null || at === undefined) return <span>{UNKNOWN}</span>;
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{UNKNOWN}</span>;
  return (
    <time dateTime={date.toISOString()} title={ago ? `${formatMoment(date)}\n${formatUtc(date)}` : formatUtc(date)}>
      {ago ? formatAge(date, now) : formatMoment(date)}
    </time>
  );
}
