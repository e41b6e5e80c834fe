import { Plus, X } from "lucide-react";
import type { Control } from "react-hook-form";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { Menu } from "../../ui/menu.tsx";
import { plural } from "../../words/format.ts";
import { type AxisFacts, axesFor } from "./sweep-axes.ts";
import type { SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

export interface AxesEditorProps {
  readonly control: Control<SweepForm>;
  readonly facts: AxisFacts;
  readonly axes: SweepForm["axes"];
  readonly onChange: (axes: SweepForm["axes"]) => void;
}

/** The parameters of a custom grid: each has its values in a line, and the grid is their product. */
export function AxesEditor({ control, facts, axes, onChange }: AxesEditorProps) {
  const kinds = axesFor(facts);
  const used = kinds.filter(({ axis }) => axis in axes);
  const free = kinds.filter(({ axis }) => !(axis in axes));
  const product = used.reduce((count, { axis, read }) => count * Math.max(1, read(axes[axis] ?? "").length), 1);
  return (
    <div className={styles.axes}>
      {used.map(({ axis, name, hint }) => (
        <div key={axis} className={styles.axis}>
          <TextField control={control} name={`axes.${axis}`} label={name} hint={hint} />
          <IconButton
            label={`Remove ${name}`}
            icon={X}
            onClick={() => onChange(Object.fromEntries(Object.entries(axes).filter(([key]) => key !== axis)))}
          />
        </div>
      ))}
      <div className={styles.add}>
        <Menu
          trigger={
            <Button icon={Plus} disabled={free.length === 0}>
              Add parameter
            </Button>
          }
          items={free.map(({ axis, name, start }) => ({ label: name, onSelect: () => onChange({ ...axes, [axis]: start(facts) }) }))}
        />
        <span className={styles.soft}>
          More parameters = longer runtime
          {used.length === 0 ? "." : `: ${plural(product, "combination")} of ${plural(used.length, "parameter")}.`}
          {facts.trades === "options" ? " Strike, expiry and contracts are this model's own." : ""}
        </span>
      </div>
    </div>
  );
}
