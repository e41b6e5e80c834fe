import { Download } from "lucide-react";
import { useState } from "react";
import type { AnswerOf } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { Button } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-file.ts";
import { sayFailure } from "../../ui/toast.tsx";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;
type Format = "onnx" | "lightgbm" | "calibration" | "sigma" | "card";

const FILES: readonly { readonly format: Format; readonly name: string; readonly says: string; readonly ending: string }[] = [
  { format: "onnx", name: "ONNX", says: "Calibrated probabilities, for any ONNX runtime.", ending: "onnx" },
  { format: "lightgbm", name: "LightGBM text", says: "The trees, before calibration.", ending: "lightgbm.txt" },
  { format: "calibration", name: "Calibration", says: "What turns raw scores into probabilities, as JSON.", ending: "calibration.json" },
  { format: "sigma", name: "Sigma bundle", says: "All of it: what signals are scored with.", ending: "model" },
  { format: "card", name: "Model card", says: "What to know before trusting it, as Markdown.", ending: "md" },
];

/** Why a format is not there for a model; undefined when it is. */
function refusalOf({ exports }: Model, format: Format): string | undefined {
  if (format === "sigma" || format === "card") return undefined;
  if (exports === null) return "It was trained before models were written in other formats. Train its row again.";
  return exports[format] === null ? "Only boosted trees can be written so." : undefined;
}

async function fileOf({ trained_model_id }: Model, format: Format): Promise<Response> {
  if (format === "card") return client.respond("GET /model_card", { query: { trained_model_id } }, "text/markdown");
  return client.respond("GET /trained_models/{trained_model_id}/export", { params: { trained_model_id }, query: { format } });
}

/** The refit as files. */
export function ExportPanel({ model }: { readonly model: Model }) {
  const [busy, setBusy] = useState<Format>();
  const save = async (format: Format, ending: string): Promise<void> => {
    setBusy(format);
    try {
      saveBlob(`${model.trained_model_id}.${ending}`, await (await fileOf(model, format)).blob());
    } catch (error) {
      sayFailure("The file could not be read", error as Error);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Panel title="Files" note="Of the refit on all known rows, which signals are scored with">
      <ul className={styles.exports}>
        {FILES.map(({ format, name, says, ending }) => {
          const refusal = refusalOf(model, format);
          return (
            <li key={format} className={styles.export}>
              <div>
                {name}
                <p>{refusal ?? says}</p>
              </div>
              <Button
                small
                icon={Download}
                aria-label={`Save ${name}`}
                busy={busy === format}
                disabled={refusal !== undefined}
                onClick={() => void save(format, ending)}
              >
                Save
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
