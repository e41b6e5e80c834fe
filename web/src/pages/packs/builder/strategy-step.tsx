import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { type FieldPath, useFieldArray, useForm, useWatch } from "react-hook-form";
import { STRATEGY_TAGS } from "#lib/packs/tags.schema.ts";
import { client } from "../../../data/client.ts";
import { Button } from "../../../ui/button.tsx";
import { schemaResolver } from "../../../ui/form/schema-resolver.ts";
import { Grid } from "../../../ui/panel.tsx";
import { say } from "../../../ui/toast.tsx";
import { StepFoot } from "./step-foot.tsx";
import type { Draft } from "./steps.ts";
import { chosenOf, type StrategiesForm, StrategiesFormSchema, startStrategy } from "./strategies-form.ts";
import { StrategyFields } from "./strategy-fields.tsx";
import { TestPanel } from "./test-panel.tsx";
import { useCatalogue } from "./use-catalogue.ts";
import { useSaveStep } from "./use-save-step.ts";

const PARTS = ["name", "description", "side", "tags.approach", "indicators", "entry", "exit.kind"] as const;

export interface StrategyStepProps {
  readonly draft: Draft;
  readonly onReviewed: () => void;
  readonly onReload: () => void;
}

/** Step 4: when the pack trades, and whether that holds up on one year of real data. */
export function StrategyStep({ draft, onReviewed, onReload }: StrategyStepProps) {
  const chosen = chosenOf(draft);
  const catalogue = useCatalogue();
  const form = useForm<StrategiesForm>({
    resolver: schemaResolver(StrategiesFormSchema) as never,
    defaultValues: { strategies: structuredClone(chosen?.strategies ?? [startStrategy(draft)]) as never },
  });
  const { control } = form;
  const list = useFieldArray({ control, name: "strategies" });
  const written = useWatch({ control, name: "strategies" });
  const [open, setOpen] = useState(0);
  const fields = written.flatMap((_, place) =>
    PARTS.map((part) => `strategies.${place}.${part}`),
  ) as unknown as FieldPath<StrategiesForm>[];
  const { busy, trouble, submit } = useSaveStep<StrategiesForm>({
    form,
    fields,
    draft,
    write: ({ strategies }, ifMatch) =>
      client.call("PUT /pack_drafts/{pack_id}/strategies", {
        params: { pack_id: draft.pack_id },
        body: { ...chosen, gates: chosen?.gates ?? draft.compatible.strategies?.suggested_gates ?? {}, strategies } as never,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      }),
    onSaved: (saved) => {
      form.reset({ strategies: structuredClone(chosenOf(saved)!.strategies) as never });
      say("The strategies are saved", "Test them on one year of data below.");
    },
  });
  const columns = useMemo(() => draft.compatible.strategies?.columns ?? [], [draft]);
  const makeDefault = (place: number): void => {
    for (const index of written.keys()) form.setValue(`strategies.${index}.default`, index === place, { shouldDirty: true });
  };
  const fits = draft.compatible.strategies?.approaches ?? [];

  return (
    <>
      <form onSubmit={submit} noValidate>
        <Grid>
          {list.fields.map((field, place) => (
            <StrategyFields
              key={field.id}
              form={form}
              place={place}
              isOpen={place === open}
              onOpen={() => setOpen(place)}
              isOnly={list.fields.length === 1}
              onRemove={() => {
                list.remove(place);
                setOpen(0);
              }}
              onDefault={() => makeDefault(place)}
              columns={columns}
              offered={draft.compatible.instruments.indicators.map(({ name }) => name)}
              catalogue={catalogue}
              sides={draft.compatible.strategies?.sides ?? ["both", "long", "short"]}
              approaches={[...fits, ...STRATEGY_TAGS.approach.filter((each) => !fits.includes(each))]}
              fitting={fits}
            />
          ))}
        </Grid>
        <StepFoot busy={busy} trouble={trouble} onReload={onReload} verb="Save the strategies">
          <Button
            icon={Plus}
            onClick={() => {
              list.append(startStrategy(draft, false, `strategy_${list.fields.length + 1}`) as never);
              setOpen(list.fields.length);
            }}
          >
            Another strategy
          </Button>
        </StepFoot>
      </form>
      {chosen !== null && <TestPanel draft={draft} isSaved={!form.formState.isDirty} onReviewed={onReviewed} />}
    </>
  );
}
