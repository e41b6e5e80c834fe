import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { buttonClass } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { type Tab, Tabs } from "../../ui/tabs.tsx";
import { PAGE } from "../../words/places.ts";
import { ChecksTab } from "./checks-tab.tsx";
import { DocumentsTab } from "./documents-tab.tsx";
import { IndicatorsTab } from "./indicators-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { OwnPackPanel } from "./own-pack-panel.tsx";
import type { PackDetail } from "./pack-standing.ts";
import { PoliciesTab } from "./policies-tab.tsx";
import { RiskTab } from "./risk-tab.tsx";
import { ScanTab } from "./scan-tab.tsx";
import { StandingChips } from "./standing-chips.tsx";
import { StrategiesTab } from "./strategies-tab.tsx";
import { TemplatesTab } from "./templates-tab.tsx";
import { usePack } from "./use-pack.ts";

const route = getRouteApi("/packs/$packId");

/** A pack with all that it is made of, and what can be done with it. */
export function PackPage() {
  const { packId } = route.useParams();
  const query = usePack(packId);
  const trail = <PlaceLink to={PAGE.packs}>Packs</PlaceLink>;
  return (
    <Loaded
      query={query}
      title={`The pack "${packId}" could not be read`}
      skeleton={
        <>
          <PageHeader title={packId} trail={trail} />
          <SkeletonBlock />
        </>
      }
    >
      {({ detail, etag }) => (
        <>
          <PageHeader
            title={detail.name}
            trail={trail}
            marks={<StandingChips pack={detail} />}
            lead={detail.description}
            actions={
              detail.is_draft ? undefined : (
                <PlaceLink to={PAGE.createModel} search={{ pack: packId }} className={buttonClass("primary")}>
                  Create model
                </PlaceLink>
              )
            }
          />
          {detail.own !== null && <OwnPackPanel detail={detail} own={detail.own} etag={etag} />}
          <PackTabs detail={detail} />
        </>
      )}
    </Loaded>
  );
}

function PackTabs({ detail }: { readonly detail: PackDetail }) {
  const { tab = "overview" } = route.useSearch();
  const navigate = useNavigate({ from: "/packs/$packId" });
  const counted = (name: string, count: number): string => `${name} ${count}`;
  const tabs: readonly Tab<NonNullable<typeof tab>>[] = [
    { value: "overview", label: "Overview", content: <OverviewTab detail={detail} /> },
    { value: "templates", label: counted("Templates", detail.templates.length), content: <TemplatesTab detail={detail} /> },
    { value: "indicators", label: counted("Indicators", detail.pack.indicators.length), content: <IndicatorsTab detail={detail} /> },
    { value: "strategies", label: counted("Strategies", detail.strategies.length), content: <StrategiesTab detail={detail} /> },
    { value: "risk", label: "Gates and risk", content: <RiskTab detail={detail} /> },
    { value: "policies", label: counted("Policies", detail.policies.length), content: <PoliciesTab detail={detail} /> },
    { value: "scan", label: "Scan", content: <ScanTab detail={detail} /> },
    { value: "checks", label: "Checks", content: <ChecksTab detail={detail} /> },
    { value: "documents", label: "Documents", content: <DocumentsTab detail={detail} /> },
  ];
  return (
    <Tabs
      label="Parts of the pack"
      tabs={tabs}
      value={tab}
      onChange={(next) => void navigate({ search: next === "overview" ? {} : { tab: next } })}
    />
  );
}
