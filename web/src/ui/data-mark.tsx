import { stepInWords } from "../words/runs.ts";
import styles from "./chip.module.css";
import { classes } from "./classes.ts";
import { Tooltip } from "./tooltip.tsx";

/** In the order of how much they matter. */
const MARKS: Readonly<Record<string, { readonly name: string; readonly says: string }>> = {
  simulated: { name: "SIMULATED", says: "Made by a simulator, not by a market. What works here is proven nowhere else." },
  unproven: { name: "UNPROVEN", says: "It did not pass the gate: trained for research, or only luck was not ruled out." },
  in_sample: { name: "In sample", says: "The model has seen this moment in training: the signal proves nothing." },
  replay: { name: "Replay", says: "Scored as of a past moment: its bars end in the past, and nobody can act on it now." },
  repriced: { name: "Repriced", says: "Options were priced by a model instead of by quotes of the time, so the fills are not proven." },
  trains_on_later_rows: {
    name: "Trains on later rows",
    says: "Models were trained on rows after their test blocks: nobody could have traded this.",
  },
  imported_model_training_rows_unknown: {
    name: "Unknown training rows",
    says: "The model was trained elsewhere and may have seen the rows it was tested on.",
  },
  survivorship_biased: {
    name: "Survivors only",
    says: "Only what still exists today is in the universe; the losers that vanished are missing.",
  },
  not_tradable: { name: "Not tradable", says: "An index or a level: it can be read, but not bought." },
  price_return_only: { name: "Price return", says: "Dividends are not in the prices." },
};

const ORDER = Object.keys(MARKS);

/** The stamps that a thing carries, as a list of names or as flags. */
export type Stamped = readonly string[] | Readonly<Record<string, boolean | string>>;

/** Names of the stamps that are set, the weightiest first; those that nothing is known of stand behind. */
export function stampNames(stamps: Stamped): string[] {
  const names = Array.isArray(stamps)
    ? (stamps as readonly string[])
    : Object.entries(stamps).flatMap(([name, value]) => (value === true ? [name] : []));
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return [...new Set(names.map((name) => name.toLowerCase()))].sort((a, b) => place(a) - place(b));
}

const markOf = (name: string) =>
  Object.hasOwn(MARKS, name) ? MARKS[name]! : { name: stepInWords(name), says: "A mark of the data or the model." };

export interface DataMarksProps {
  readonly stamps: Stamped;
  /** In a narrow place only so many are spelled out; the others are one hover away. */
  readonly most?: number;
}

/** Marks of data that must not be taken for a real, proven history: simulated, repriced, and what else the API stamps. */
export function DataMarks({ stamps, most = Number.POSITIVE_INFINITY }: DataMarksProps) {
  const names = stampNames(stamps);
  const rest = names.slice(most);
  if (names.length === 0) return null;
  return (
    <span className={styles.marks}>
      {names.slice(0, most).map((stamp) => {
        const { name, says } = markOf(stamp);
        return (
          <Tooltip key={stamp} says={says}>
            <button type="button" className={classes(styles.chip, styles.warn, styles.mark)}>
              {name}
            </button>
          </Tooltip>
        );
      })}
      {rest.length > 0 && (
        <Tooltip
          says={
            <ul>
              {rest.map((stamp) => (
                <li key={stamp}>
                  <strong>{markOf(stamp).name}.</strong> {markOf(stamp).says}
                </li>
              ))}
            </ul>
          }
        >
          <button
            type="button"
            className={styles.chip}
            aria-label={`${rest.length} more marks: ${rest.map((stamp) => markOf(stamp).name).join(", ")}`}
          >
            +{rest.length}
          </button>
        </Tooltip>
      )}
    </span>
  );
}

/** The mark of what a simulator made. */
export const SimulatedMark = () => <DataMarks stamps={["simulated"]} />;
