import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { SimulatedMark } from "../../ui/data-mark.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { DeleteModel } from "./delete-model.tsx";
import { MatrixChip } from "./matrix-chip.tsx";
import { type TaggedModel, useModel } from "./model-query.ts";

const route = getRouteApi("/models/$packId/$modelId");

const Designer = lazy(async () => ({ default: (await import("./designer/designer-tab.tsx")).DesignerTab }));
const Composer = lazy(async () => ({ default: (await import("./composer/composer-tab.tsx")).ComposerTab }));
const Config = lazy(async () => ({ default: (await import("./config/config-tab.tsx")).ConfigTab }));
const Matrix = lazy(async () => ({ default: (await import("./matrix/matrix-tab.tsx")).MatrixTab }));
const Runs = lazy(async () => ({ default: (await import("./runs-tab.tsx")).RunsTab }));
const Card = lazy(async () => ({ default: (await import("./card-tab.tsx")).CardTab }));
const Performance = lazy(async () => ({ default: (await import("./performance-tab.tsx")).PerformanceTab }));

const INSTRUMENTS: Readonly<Record<string, string>> = { opt: "options", eq: "shares" };

/** One model: its structure, what can be done with it, its documents, matrix, runs, cards and results. */
export function ModelPage() {
  const { packId, modelId } = route.useParams();
  const { tab = "designer" } = route.useSearch();
  const navigate = useNavigate({ from: "/models/$packId/$modelId" });
  const [deleting, setDeleting] = useState(false);
  const query = useModel(packId, modelId);
  const detail = query.data?.detail;
  const trail = (
    <>
      <PlaceLink to={PAGE.models}>Models</PlaceLink> / <PlaceLink to={PLACE_OF.pack(packId)}>{packId}</PlaceLink>
    </>
  );
  return (
    <>
      <PageHeader
        title={modelId}
        trail={trail}
        marks={
          detail !== undefined && (
            <>
              <MatrixChip status={detail.matrix.status} />
              {detail.origin === "pack" && <Chip>comes with its pack</Chip>}
              {detail.config.data.provider === "simulated" && <SimulatedMark />}
            </>
          )
        }
        lead={detail === undefined ? undefined : leadOf(detail)}
        actions={
          detail?.origin === "own" && (
            <Button kind="quiet" icon={Trash2} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )
        }
      />
      <Loaded query={query} title="The model could not be read" skeleton={<Skeleton lines={12} />}>
        {(tagged) => (
          <Tabs
            label="Parts of the model"
            value={tab}
            onChange={(next) =>
              void navigate({
                search: ({ workspace }) => ({ ...(workspace ? { workspace } : {}), ...(next === "designer" ? {} : { tab: next }) }),
              })
            }
            tabs={[
              { value: "designer", label: "Designer", content: part(<Designer tagged={tagged} />) },
              { value: "composer", label: "Composer", content: part(<Composer tagged={tagged} />) },
              { value: "config", label: "Config and policy", content: part(<Config tagged={tagged} />) },
              { value: "matrix", label: "Matrix", content: part(<Matrix tagged={tagged} />) },
              { value: "runs", label: "Runs", content: part(<Runs tagged={tagged} />) },
              { value: "card", label: "Card", content: part(<Card tagged={tagged} />) },
              { value: "performance", label: "Performance", content: part(<Performance tagged={tagged} />) },
            ]}
          />
        )}
      </Loaded>
      <DeleteModel
        model={deleting ? { pack_id: packId, model_id: modelId } : undefined}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: PAGE.models })}
      />
    </>
  );
}

/** A part is loaded when it is opened. */
const part = (content: ReactNode): ReactNode => <Suspense fallback={<Skeleton lines={8} />}>{content}</Suspense>;

/** In a sentence what the model is of. */
function leadOf({ config, strategy }: TaggedModel["detail"]): string {
  const { ticker, asset_type, horizon, cadence, risk_profile, learner, data } = config;
  const source = data.provider === "simulated" ? "a simulated market" : `${data.provider} data`;
  const recipe = strategy === null ? "no strategy filter" : `strategy ${String(strategy["name"])}`;
  return `${ticker} ${INSTRUMENTS[asset_type] ?? asset_type} on ${source}, ${cadence} bars, ${horizon} horizon, ${risk_profile} risk, ${String(learner.algo)} learner, ${recipe}.`;
}
