import { CalendarDays } from "lucide-react";
import { Popover } from "radix-ui";
import { type ComponentProps, lazy, type Ref, Suspense, useState } from "react";
import { classes } from "../classes.ts";
import { SkeletonBlock } from "../skeleton.tsx";
import styles from "./date-input.module.css";
import { type DateBounds, withHyphens } from "./date-text.ts";

const MonthCalendar = lazy(() => import("./month-calendar.tsx").then(({ MonthCalendar }) => ({ default: MonthCalendar })));

export interface DateInputProps
  extends DateBounds,
    Pick<ComponentProps<"input">, "id" | "name" | "disabled" | "aria-invalid" | "aria-describedby" | "onBlur" | "onKeyDown"> {
  readonly value: string;
  /** Each change of the text; it may be half a date. */
  readonly onChange: (text: string) => void;
  /** A day was taken from the calendar. */
  readonly onPick: (date: string) => void;
  /** Element that names the field, for the button beside it. */
  readonly labelledBy: string;
  readonly look: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A date as `2026-11-20`, typed or taken from a calendar, which is loaded when it is first opened. */
export function DateInput({ value, min, max, onChange, onPick, labelledBy, look, inputRef, disabled, ...rest }: DateInputProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.frame}>
      <input
        {...rest}
        ref={inputRef}
        type="text"
        className={classes(look, styles.input)}
        disabled={disabled}
        placeholder="YYYY-MM-DD"
        maxLength={32}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(withHyphens(event.target.value))}
      />
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className={styles.open} disabled={disabled} aria-label="Open the calendar" aria-describedby={labelledBy}>
          <CalendarDays size={14} aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={styles.calendar}
            aria-label="Calendar"
            sideOffset={4}
            align="end"
            collisionPadding={12}
            // The calendar takes the focus to its day itself, as soon as it is there.
            onOpenAutoFocus={(event) => event.preventDefault()}
          >
            <Suspense fallback={<SkeletonBlock />}>
              <MonthCalendar
                value={value}
                min={min}
                max={max}
                onPick={(date) => {
                  onPick(date);
                  setOpen(false);
                }}
              />
            </Suspense>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
