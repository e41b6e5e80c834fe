import { Search, X } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { TAG_CATEGORIES, TAG_VALUES, titled } from "../../words/packs.ts";
import styles from "./packs.module.css";
import { readTagSearch, tagOf, withTag } from "./tag-words.ts";

/** Categories that most people choose by; the others are found by typing. */
const OFFERED = ["risk", "direction", "timeframe", "market", "asset", "style", "experience", "approach"] as const;

export interface TagFilterProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Finds packs and strategies by tags: typed as they come to mind, or chosen. */
export function TagFilter({ text, onChange }: TagFilterProps) {
  const search = readTagSearch(text);
  return (
    <search className={styles.filter}>
      <div className={styles.find}>
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          aria-label="Find packs and strategies by tags or names"
          placeholder="Tags or names, such as conservative long-only swing"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div className={styles.choices}>
        {OFFERED.map((category) => (
          <select
            key={category}
            className={styles.choice}
            aria-label={TAG_CATEGORIES[category]!.name}
            title={TAG_CATEGORIES[category]!.says}
            data-chosen={tagOf(search, category) !== undefined}
            value={tagOf(search, category) ?? ""}
            onChange={(event) => onChange(withTag(text, category, event.target.value === "" ? undefined : event.target.value))}
          >
            <option value="">{TAG_CATEGORIES[category]!.name}: any</option>
            {TAG_VALUES[category]!.map((value) => (
              <option key={value} value={value}>
                {titled(value)}
              </option>
            ))}
          </select>
        ))}
        {text !== "" && (
          <Button small icon={X} onClick={() => onChange("")}>
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}
