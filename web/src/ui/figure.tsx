import type { ReactNode } from "react";
import { formatNumber, UNKNOWN } from "../words/format.ts";
import { type Term, type TermKey, termOf } from "../words/glossary.ts";
import { classes } from "./classes.ts";
import styles from "./figure.module.css";
import { Explained } from "./tooltip.tsx";

/** Units that the written number does not carry already. */
export const unitBeside = ({ unit, format }: Pick<Term, "unit" | "format">): string =>
  (format === "share" || format === "signed_share" || format === "percent") && unit.startsWith("%") ? unit.slice(1).trim() : unit;

const toneOf = (value: number | null | undefined, signed: boolean | undefined): string | undefined =>
  value === null || value === undefined || !Number.isFinite(value)
    ? styles.unknown
    : signed && value !== 0
      ? value > 0
        ? styles.gain
        : styles.loss
      : undefined;

export interface NumeralProps {
  readonly of: TermKey;
  readonly value: number | null | undefined;
  /** Why it is not known, from `undefined_reasons`. */
  readonly why?: string | undefined;
}

/** A number of a list or of a sentence, written as the glossary says. */
export function Numeral({ of, value, why }: NumeralProps) {
  const term = termOf(of);
  const text = formatNumber(value, term.format);
  const known = text !== UNKNOWN;
  return (
    <span className={classes(styles.number, toneOf(value, term.signed))} title={known ? undefined : (why ?? "Not known")}>
      {text}
    </span>
  );
}

/** The name of a number, with unit and meaning on hover. */
export function TermName({ of, short = false }: { readonly of: TermKey; readonly short?: boolean }) {
  const term = termOf(of);
  return (
    <Explained title={term.name} unit={term.unit} says={term.definition}>
      {short ? (term.short ?? term.name) : term.name}
    </Explained>
  );
}

export interface FigureProps extends NumeralProps {
  /** Another name than the glossary's, where the place needs one. */
  readonly label?: string;
  readonly large?: boolean;
  readonly note?: ReactNode;
}

/** A number with its name, unit and meaning: `<Figure of="dsr" value={row.significance.dsr} />`. */
export function Figure({ of, value, why, label, large = false, note }: FigureProps) {
  const term = termOf(of);
  const name = label ?? term.short ?? term.name;
  const isKnown = formatNumber(value, term.format) !== UNKNOWN;
  // What the name says already, and the unit of nothing, is not written again.
  const unit = isKnown && name.toLowerCase() !== term.unit.toLowerCase() ? unitBeside(term) : "";
  return (
    <div className={styles.figure}>
      <div className={styles.label}>
        <Explained title={term.name} unit={term.unit} says={term.definition}>
          {name}
        </Explained>
      </div>
      <div className={classes(styles.value, large && styles.large)}>
        {unit === "$" && "$"}
        <Numeral of={of} value={value} why={why} />
        {unit !== "" && unit !== "$" && <span className={styles.unit}> {unit}</span>}
      </div>
      {note !== undefined && <div className={styles.note}>{note}</div>}
    </div>
  );
}

/** Figures side by side, as many as fit. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className={styles.figures}>{children}</div>;
}
