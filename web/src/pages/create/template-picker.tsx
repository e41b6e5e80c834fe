import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ArrowRight, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useAsk, useRows } from "../../data/ask.ts";
import { given } from "../../data/search.ts";
import { currentWorkspace } from "../../data/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { Chip, Chips } from "../../ui/chip.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { type Fit, fitsOf } from "../../ui/model/data-fit.ts";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import styles from "./create.module.css";
import { type Draft, draftFrom, draftFromScratch, type Template } from "./draft.ts";
import { dropDraft, keepDraft, keptDraft } from "./kept-draft.ts";

const route = getRouteApi("/create");

/** Where a model of a template can run at once. */
type Place = "sample" | "files" | "simulated";

const PLACES: readonly { readonly value: Place; readonly name: string }[] = [
  { value: "sample", name: "On the sample data" },
  { value: "files", name: "On my files" },
  { value: "simulated", name: "On the simulated market" },
];

interface Offered {
  readonly template: Template;
  readonly fits: readonly Fit[];
}

/** What runs at once stands first: own files and real sample data, in the SIMULATED workspace the simulated market. */
const rank = (): readonly string[] =>
  currentWorkspace() === "simulated" ? ["simulated", "files", "sample"] : ["files", "sample", "simulated"];

const placeOf = ({ provider }: Fit): number => (rank().includes(provider) ? rank().indexOf(provider) : rank().length);
const rankOf = ({ fits }: Offered): number => Math.min(rank().length + 1, ...fits.map(placeOf));

/** Where somebody who has no model yet does best to begin: it runs in seconds and makes enough bets to be judged. */
const isFirstChoice = ({ template: { pack_id, name } }: Pick<Offered, "template">): boolean =>
  pack_id === "swingsigma" && name === (currentWorkspace() === "simulated" ? "swing_eq_daily" : "swing_eq_daily_close");

function matches({ template: { title, description, name, pack_id, model } }: Offered, search: string): boolean {
  const text =
    `${title} ${description} ${name} ${pack_id} ${model.horizon} ${model.cadence} ${model.asset_type === "opt" ? "options" : "stocks"}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Every template of every pack, with what it reads and where it can run now. */
export function TemplatePicker() {
  const { pack, q, on, template } = route.useSearch();
  const navigate = useNavigate({ from: "/create" });
  const templates = useRows("GET /model_templates", { query: { limit: 200 } });
  const data = useAsk("GET /data");
  const packs = useAsk("GET /packs", { query: { limit: 200 } });
  const [kept, setKept] = useState(keptDraft);
  const [wanted, setWanted] = useState<Draft>();
  const change = (next: Filters): void => void navigate({ search: (before) => given({ ...before, ...next }), replace: true });

  const start = (draft: Draft): void => {
    keepDraft(draft);
    void navigate({ search: () => given({ step: "basics" as const }) });
  };
  const choose = (draft: Draft): void => (kept === undefined ? start(draft) : setWanted(draft));

  return (
    <>
      <PageHeader
        title="Create a model"
        lead="A model says what is forecast and how forecasts become trades. Begin with a template: each is a whole model that runs as it is. You can change anything in six steps before anything is saved."
      />
      {kept !== undefined && (
        <div className={styles.kept}>
          <span>
            You were making a model{kept.values.ticker === undefined ? "" : ` on ${kept.values.ticker}`} in pack {kept.values.pack_id}.
          </span>
          <span className={styles.keptActions}>
            <Button
              small
              kind="quiet"
              onClick={() => {
                dropDraft();
                setKept(undefined);
              }}
            >
              Discard it
            </Button>
            <Button small kind="primary" onClick={() => void navigate({ search: () => given({ step: "basics" as const }) })}>
              Go on with it
            </Button>
          </span>
        </div>
      )}
      <Loaded query={templates} title="The templates could not be read" skeleton={<Skeleton lines={8} />}>
        {(rows) => (
          <Loaded query={data} title="The data providers could not be read" skeleton={<Skeleton lines={8} />}>
            {({ rows: offers }) => (
              <Templates
                offered={rows.map((each) => ({ template: each, fits: fitsOf(each.needs, offers) }))}
                packs={packs.data?.rows.map(({ pack_id, name }) => ({ id: pack_id, name })) ?? []}
                pack={pack}
                q={q}
                on={on}
                named={template}
                onChange={change}
                onChoose={choose}
              />
            )}
          </Loaded>
        )}
      </Loaded>
      <Confirm
        open={wanted !== undefined}
        onOpenChange={(open) => !open && setWanted(undefined)}
        title="Begin anew?"
        verb="Begin anew"
        keep="Keep my draft"
        onConfirm={() => wanted !== undefined && start(wanted)}
      >
        The model that you were making is thrown away. Nothing that was saved is touched.
      </Confirm>
    </>
  );
}

interface Filters {
  readonly pack?: string | undefined;
  readonly q?: string | undefined;
  readonly on?: Place | undefined;
  readonly template?: string | undefined;
}

interface TemplatesProps {
  readonly offered: readonly Offered[];
  readonly packs: readonly { readonly id: string; readonly name: string }[];
  readonly pack: string | undefined;
  readonly q: string | undefined;
  readonly on: Place | undefined;
  readonly named: string | undefined;
  readonly onChange: (next: Filters) => void;
  readonly onChoose: (draft: Draft) => void;
}

function Templates({ offered, packs, pack, q, on, named, onChange, onChoose }: TemplatesProps) {
  const shown = useMemo(
    () =>
      offered
        .filter(({ template }) => pack === undefined || template.pack_id === pack)
        .filter(({ template }) => named === undefined || template.name === named)
        .filter(({ fits }) => on === undefined || fits.some(({ provider }) => provider === on))
        .filter((each) => q === undefined || matches(each, q))
        .toSorted((a, b) => Number(isFirstChoice(b)) - Number(isFirstChoice(a)) || rankOf(a) - rankOf(b)),
    [offered, pack, named, on, q],
  );
  const nameOf = (id: string): string => packs.find((each) => each.id === id)?.name ?? id;
  return (
    <>
      <div className={styles.tools}>
        <label className={styles.search}>
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            aria-label="Search templates"
            placeholder="Search: swing, options, next day"
            value={q ?? ""}
            onChange={(event) => onChange({ q: event.target.value === "" ? undefined : event.target.value })}
          />
        </label>
        <select
          aria-label="Pack"
          value={pack ?? ""}
          onChange={(event) => onChange({ pack: event.target.value === "" ? undefined : event.target.value })}
        >
          <option value="">All packs</option>
          {packs.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label="Data"
          value={on ?? ""}
          onChange={(event) => onChange({ on: event.target.value === "" ? undefined : (event.target.value as Place) })}
        >
          <option value="">Any data</option>
          {PLACES.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        {named !== undefined && (
          <Button small onClick={() => onChange({ template: undefined })}>
            Show its other templates
          </Button>
        )}
        <span className={styles.count} role="status">
          {plural(shown.length, "template")}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No template fits"
          action={
            <Button onClick={() => onChange({ q: undefined, pack: undefined, on: undefined, template: undefined })}>
              Show all templates
            </Button>
          }
        >
          Search for fewer words, or look at other packs and data. What the simulated market offers runs without any data of yours.
        </EmptyState>
      ) : (
        <ul className={styles.cards}>
          {shown.map((each) => (
            <TemplateCard
              key={`${each.template.pack_id}/${each.template.name}`}
              {...each}
              packName={nameOf(each.template.pack_id)}
              on={on}
              onChoose={onChoose}
            />
          ))}
        </ul>
      )}
      <Panel title="From scratch" note="for those who know what they want">
        <p className={styles.soft}>Begin with a pack alone and say everything yourself. The pack's label, gates and default policy hold.</p>
        <div className={styles.scratch}>
          {packs.map(({ id, name }) => (
            <Button key={id} small onClick={() => onChoose(draftFromScratch(id))}>
              {name}
            </Button>
          ))}
        </div>
      </Panel>
    </>
  );
}

interface TemplateCardProps extends Offered {
  readonly packName: string;
  readonly on: Place | undefined;
  readonly onChoose: (draft: Draft) => void;
}

const ASSETS = { eq: "Stocks", opt: "Options" } as const;

function TemplateCard({ template, fits, packName, on, onChoose }: TemplateCardProps) {
  const { title, description, pack_id, model, needs } = template;
  const best = fits.toSorted((a, b) => placeOf(a) - placeOf(b)).find(({ provider }) => on === undefined || provider === on);
  const isFirst = best !== undefined && placeOf(best) < 2;
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{title}</h2>
        <PlaceLink to={PLACE_OF.pack(pack_id)} className={styles.pack}>
          {packName}
        </PlaceLink>
      </div>
      <p className={styles.soft}>{description}</p>
      <Chips>
        {isFirstChoice({ template }) && <Chip tone="accent">Good to begin with</Chip>}
        <Chip>{ASSETS[model.asset_type]}</Chip>
        <Chip>{model.horizon}</Chip>
        <Chip>{model.cadence}</Chip>
      </Chips>
      <dl className={styles.reads}>
        <dt>Reads</dt>
        <dd>
          {needs === null ? "Not known" : [...needs.data.map(({ what }) => what), ...needs.others.map(({ symbol }) => symbol)].join(", ")}
        </dd>
        <dt>Runs now</dt>
        <dd>{best === undefined ? "Needs data of yours first" : <FitWords fit={best} />}</dd>
      </dl>
      <div className={styles.cardFoot}>
        <Button kind={isFirst ? "primary" : "plain"} icon={ArrowRight} onClick={() => onChoose(draftFrom(template, best))}>
          Use this template
        </Button>
      </div>
    </li>
  );
}

const PROVIDER_WORDS: Readonly<Record<string, string>> = {
  sample: "real sample data",
  files: "your own file",
  simulated: "the simulated market",
};

const FitWords = ({ fit: { provider, symbol } }: { readonly fit: Fit }) => (
  <>
    On {symbol}, {PROVIDER_WORDS[provider] ?? provider}
  </>
);
