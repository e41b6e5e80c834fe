import { stepInWords } from "../words/runs.ts";
import styles from "./chip.module.css";
import { classes } from "./classes.ts";
import { Tooltip } from "./tooltip.tsx";

const MARKS: Readonly<Record<string, { readonly name: string; readonly says: string }>> = {
  simulated: { name: "Simulated", says: "Made by a simulator, not by a market. What works here is proven nowhere else." },
  repriced: { name: "Repriced", says: "Options were priced by a model instead of by quotes of the time, so the fills are not proven." },
  survivorship_biased: {
    name: "Survivors only",
    says: "Only what still exists today is in the universe; the losers that vanished are missing.",
  },
  price_return_only: { name: "Price return", says: "Dividends are not in the prices." },
  trains_on_later_rows: {
    name: "Trains on later rows",
    says: "Models were trained on rows after their test blocks: nobody could have traded this.",
  },
  imported_model_training_rows_unknown: {
    name: "Unknown training rows",
    says: "The model was trained elsewhere and may have seen the rows it was tested on.",
  },
  not_tradable: { name: "Not tradable", says: "An index or a level: it can be read, but not bought." },
  in_sample: { name: "In sample", says: "The model has seen this moment in training: the signal proves nothing." },
  unproven: { name: "Unproven", says: "It did not pass the gate: trained for research, or only luck was not ruled out." },
};

/** The stamps that a thing carries, as a list of names or as flags. */
export type Stamped = readonly string[] | Readonly<Record<string, boolean | string>>;

const namesOf = (stamps: Stamped): readonly string[] =>
  Array.isArray(stamps) ? (stamps as readonly string[]) : Object.entries(stamps).flatMap(([name, value]) => (value === true ? [name] : []));

/** Marks of data that must not be taken for a real, proven history: simulated, repriced, and what else the API stamps. */
export function DataMarks({ stamps }: { readonly stamps: Stamped }) {
  return namesOf(stamps).map((stamp) => {
    const name = stamp.toLowerCase();
    const mark = Object.hasOwn(MARKS, name) ? MARKS[name]! : { name: stepInWords(stamp), says: "A mark of the data or the model." };
    return (
      <Tooltip key={stamp} says={mark.says}>
        <button type="button" className={classes(styles.chip, styles.warn, styles.mark)}>
          {mark.name}
        </button>
      </Tooltip>
    );
  });
}

/** The mark of what a simulator made. */
export const SimulatedMark = () => <DataMarks stamps={["simulated"]} />;
