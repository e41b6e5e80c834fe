import { getRouteApi } from "@tanstack/react-router";
import { TemplatePicker } from "./template-picker.tsx";
import { Wizard } from "./wizard.tsx";

const route = getRouteApi("/create");

/** Makes a model: first the choice of where to begin, then six steps. */
export function CreatePage() {
  const { step } = route.useSearch();
  return step === undefined ? <TemplatePicker /> : <Wizard step={step} />;
}
