import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Activity, BookA, BookOpen, Boxes, type LucideIcon, Package } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useAsk } from "../data/ask.ts";
import { useFocusReturn } from "../ui/quiet-focus.ts";
import { formatAge } from "../words/format.ts";
import { GLOSSARY, type Term } from "../words/glossary.ts";
import { PLACE_OF } from "../words/places.ts";
import { MACHINE_NAMES, RUN_STATUS_NAMES } from "../words/runs.ts";
import { PLACES } from "./pages.ts";
import styles from "./palette.module.css";
import { paletteFit } from "./palette-filter.ts";

/** Documents that the server itself shows. */
const DOCS = [{ name: "HTTP API", href: "/docs", words: "openapi reference routes curl" }] as const;

/** Leads to any page, pack, model, run or document by a few letters of its name. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const { remember, giveBack } = useFocusReturn();
  const [search, setSearch] = useState("");
  const models = useAsk("GET /models", { query: { limit: 200 } });
  const packs = useAsk("GET /packs", { query: { limit: 200 } });
  const runs = useAsk("GET /runs", { query: { limit: 50 } });
  const go = (to: string): void => {
    onClose();
    void navigate({ to });
  };
  const loading = models.isPending || packs.isPending || runs.isPending;

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className={styles.scrim} />
        <Dialog.Content className={styles.dialog} aria-describedby={undefined} onOpenAutoFocus={remember} onCloseAutoFocus={giveBack}>
          <Dialog.Title hidden>Find pages, packs, models, runs and documents</Dialog.Title>
          <Command label="Find" loop filter={paletteFit}>
            <Command.Input
              className={styles.input}
              placeholder="Page, pack, model, run, document or term"
              value={search}
              onValueChange={setSearch}
            />
            <Command.List className={styles.list}>
              <Command.Empty className={styles.empty}>{loading ? "Reading models and runs" : "Nothing has this name."}</Command.Empty>
              <Command.Group heading="Pages">
                {PLACES.map(({ path, name, icon, words }) => (
                  <Entry key={path} icon={icon} name={name} words={words} onSelect={() => go(path)} />
                ))}
              </Command.Group>
              {models.data !== undefined && models.data.rows.length > 0 && (
                <Command.Group heading="Models">
                  {models.data.rows.map(({ pack_id, model_id, ticker }) => (
                    <Entry
                      key={`${pack_id}/${model_id}`}
                      icon={Boxes}
                      name={model_id}
                      words={`model ${pack_id} ${ticker ?? ""}`}
                      more={pack_id}
                      onSelect={() => go(PLACE_OF.model(pack_id, model_id))}
                    />
                  ))}
                </Command.Group>
              )}
              {packs.data !== undefined && (
                <Command.Group heading="Packs">
                  {packs.data.rows.map(({ pack_id, name }) => (
                    <Entry
                      key={pack_id}
                      icon={Package}
                      name={name}
                      words={`pack ${pack_id}`}
                      more={pack_id}
                      onSelect={() => go(PLACE_OF.pack(pack_id))}
                    />
                  ))}
                </Command.Group>
              )}
              {runs.data !== undefined && runs.data.rows.length > 0 && (
                <Command.Group heading="Runs">
                  {runs.data.rows.map(({ run_id, machine, model_id, status, created_at }) => (
                    <Entry
                      key={run_id}
                      icon={Activity}
                      name={`${MACHINE_NAMES[machine]} ${model_id ?? ""}`}
                      words={`run ${run_id} ${status}`}
                      more={`${RUN_STATUS_NAMES[status]}, ${formatAge(created_at, Date.now())}`}
                      onSelect={() => go(PLACE_OF.run(run_id))}
                    />
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Documents">
                {DOCS.map(({ name, href, words }) => (
                  <Entry key={href} icon={BookOpen} name={name} words={words} onSelect={() => window.open(href, "_blank", "noopener")} />
                ))}
              </Command.Group>
              {search.trim().length > 1 && (
                <Command.Group heading="What it means">
                  {Object.entries(GLOSSARY).map(([key, term]) => (
                    <Meaning key={key} id={key} term={term} onSelect={() => setSearch(term.name)} />
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What a number means. It leads nowhere: choosing it leaves it alone in the list. */
function Meaning({ id, term, onSelect }: { readonly id: string; readonly term: Term; readonly onSelect: () => void }) {
  return (
    <Command.Item className={styles.item} value={`${term.name} ${term.short ?? ""} ${id}`} onSelect={onSelect}>
      <BookA size={16} aria-hidden="true" />
      <span className={styles.meaning}>
        <strong>{term.name}</strong>
        {term.unit !== "" && ` (${term.unit})`} <span>{term.definition}</span>
      </span>
    </Command.Item>
  );
}

interface EntryProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly words: string;
  readonly more?: string;
  readonly onSelect: () => void;
}

function Entry({ icon: Icon, name, words, more, onSelect }: EntryProps) {
  return (
    <Command.Item className={styles.item} value={`${name} ${words}`} onSelect={onSelect}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.name}>{name}</span>
      {more !== undefined && <span className={styles.more}>{more}</span>}
    </Command.Item>
  );
}
