import { useMemo } from "react";
import { type AnswerOf, useAsk } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { Chip } from "../../../ui/chip.tsx";
import { CodeView } from "../../../ui/code-view.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { saveText } from "../../../ui/save-file.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import type { Column } from "../../../ui/table-model.ts";
import { FilterSelect } from "../filter-select.tsx";
import type { TaggedModel } from "../model-query.ts";
import { useModelSearch } from "../model-search.ts";
import styles from "../models.module.css";
import { sortedYamlOf } from "./yaml.ts";

type Documents = AnswerOf<"GET /models/{model_id}/documents">;
type Explained = AnswerOf<"GET /policy/explain">["rows"][number];

/** The model's YAML, what differs from its template or from the last build, whether it holds together, and where each value comes from. */
export function ConfigTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const { pack_id, model_id } = detail;
  const {
    search: { against },
    set,
  } = useModelSearch();
  const documents = useAsk("GET /models/{model_id}/documents", { params: { model_id }, query: { pack_id } });
  return (
    <Grid>
      <Panel
        title="Documents"
        note="the YAML that the model is made of"
        span={7}
        actions={
          <FilterSelect
            label="Compare with"
            all="Compare with nothing"
            value={against}
            options={[
              { value: "template", label: "Compare with the template" },
              { value: "build", label: "Compare with the last build" },
            ]}
            onChange={(next) => set({ against: next as typeof against })}
          />
        }
      >
        <Loaded query={documents} title="The documents could not be read">
          {(found) => (against === "build" ? <AgainstBuild documents={found} /> : <Texts documents={found} against={against} />)}
        </Loaded>
      </Panel>
      <Panel title="Does it hold together?" span={5}>
        <Validation packId={pack_id} modelId={model_id} />
      </Panel>
      <Panel title="Effective policy" note="every value with the document that set it">
        <Explanation packId={pack_id} modelId={model_id} />
      </Panel>
    </Grid>
  );
}

function Texts({
  documents: { documents, template, model_id },
  against,
}: {
  readonly documents: Documents;
  readonly against: "template" | undefined;
}) {
  if (against === "template" && template === null)
    return (
      <EmptyState title="No template to compare with">
        The model was not made from a template, comes with its pack, or its template is gone. Compare with nothing, or with the last build.
      </EmptyState>
    );
  const before = against === "template" ? (template?.documents ?? {}) : {};
  const paths = [...new Set([...Object.keys(documents), ...Object.keys(before)])];
  const changed = paths.filter((path) => documents[path] !== before[path]).length;
  return (
    <>
      {against === "template" && template !== null && (
        <p className={styles.says}>
          {changed === 0
            ? `Nothing differs from template ${template.template_id}, version ${template.version}.`
            : `What differs from template ${template.template_id}, version ${template.version}: + is the model, − is the template.`}
        </p>
      )}
      {paths.map((path) => (
        <section key={path} className={styles.document}>
          <div className={styles.documentHead}>
            <h3>{path}</h3>
            {documents[path] !== undefined && (
              <Button
                small
                kind="quiet"
                onClick={() => saveText(`${model_id}-${path.split("/").at(-2)}.yaml`, documents[path]!, "application/yaml")}
              >
                Download
              </Button>
            )}
          </div>
          <CodeView label={path} text={documents[path] ?? ""} {...(against === "template" ? { before: before[path] ?? "" } : {})} />
        </section>
      ))}
    </>
  );
}

function AgainstBuild({ documents: { built } }: { readonly documents: Documents }) {
  const texts = useMemo(() => (built === null ? undefined : { before: sortedYamlOf(built.inputs), now: sortedYamlOf(built.now) }), [built]);
  if (built === null || texts === undefined)
    return <EmptyState title="No build to compare with">The matrix was never built. Build it in the Composer.</EmptyState>;
  return (
    <>
      <p className={styles.says}>
        {texts.before === texts.now
          ? "The last build read exactly what the model says now. New bars are noticed by the next build."
          : "What a build would read now (+) and what the last one read (−). Where they differ, the matrix is stale."}
      </p>
      <CodeView label="inputs of the matrix" text={texts.now} before={texts.before} />
    </>
  );
}

function Validation({ packId, modelId }: { readonly packId: string; readonly modelId: string }) {
  const query = useAsk("GET /validate_policy", { query: { pack_id: packId, model_id: modelId } });
  return (
    <Loaded query={query} title="The model could not be checked">
      {({ valid, errors, warnings }) => (
        <>
          <p className={styles.says}>
            <Chip tone={valid ? (warnings.length === 0 ? "gain" : "warn") : "danger"}>
              {valid ? (warnings.length === 0 ? "Coherent" : "Coherent, with warnings") : "Not coherent"}
            </Chip>{" "}
            {valid ? "Configuration, indicators, policy and gate fit each other and the pack." : "No run can start until this is resolved."}
          </p>
          <Findings findings={[...errors, ...warnings]} />
          <div>
            <Button small onClick={() => void query.refetch()} busy={query.isFetching}>
              Check again
            </Button>
          </div>
        </>
      )}
    </Loaded>
  );
}

interface Finding {
  readonly code: string;
  readonly path: string;
  readonly issue: string;
}

/** What the linter says, in its own words. */
function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map(({ code, path, issue }) => (
        <li key={`${code} ${path} ${issue}`}>
          <code>{path === "" ? code : path}</code>
          <p>{issue}</p>
        </li>
      ))}
    </ul>
  );
}

const written = (value: unknown): string => (value === null ? "none" : typeof value === "object" ? JSON.stringify(value) : String(value));

const SOURCES: Readonly<Record<string, string>> = { model: "this model", "pack default": "pack", "built-in default": "built in" };

const COLUMNS: readonly Column<Explained>[] = [
  { id: "path", header: "Setting", value: ({ path }) => path, cell: ({ path }) => <code>{path}</code>, width: 380 },
  {
    id: "value",
    header: "Value",
    value: ({ value }) => written(value),
    cell: ({ value }) => <code>{written(value)}</code>,
    width: 260,
    phone: "beside",
  },
  {
    id: "source",
    header: "Set by",
    value: ({ source }) => SOURCES[source] ?? source,
    cell: ({ source }) => <Chip tone={source === "model" ? "accent" : "plain"}>{SOURCES[source] ?? source}</Chip>,
    width: 160,
  },
];

function Explanation({ packId, modelId }: { readonly packId: string; readonly modelId: string }) {
  const query = useAsk("GET /policy/explain", { query: { pack_id: packId, model_id: modelId } });
  return (
    <Loaded query={query} title="The policy could not be explained">
      {({ rows }) => (
        <DataTable caption="values of the policy" columns={COLUMNS} rows={rows} rowKey={({ path }) => path} csvName={`policy-${modelId}`} />
      )}
    </Loaded>
  );
}
