import { useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { keyOf, useAct } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { say } from "../../ui/toast.tsx";
import { plural } from "../../words/format.ts";
import { AddDocument } from "./add-document.tsx";
import { changesOf, nextMinor, type Texts, versionIn, withVersion } from "./document-texts.ts";
import { FileList } from "./file-list.tsx";
import styles from "./own-pack.module.css";
import { STANDING_READS } from "./own-pack-panel.tsx";
import type { PackDetail } from "./pack-standing.ts";
import { ReportView } from "./report-view.tsx";
import { StaleDocuments } from "./stale-documents.tsx";
import { isStale, readDocuments, type TaggedDocuments } from "./use-pack.ts";

export interface DocumentsEditorProps {
  readonly detail: PackDetail;
  readonly read: TaggedDocuments;
  readonly file: string | undefined;
  readonly onOpen: (path: string) => void;
}

/** Changes the documents of one's own pack: what differs is seen, checked by the API and written as a whole, on what was read only. */
export function DocumentsEditor({ detail, read, file, onOpen }: DocumentsEditorProps) {
  const { pack_id } = detail;
  const [base, setBase] = useState(read);
  const [texts, setTexts] = useState<Texts>(read.documents);
  const [view, setView] = useState<"edit" | "diff">("edit");
  const [stale, setStale] = useState<TaggedDocuments>();
  const queries = useQueryClient();
  const check = useAct("POST /packs/validate");
  const write = useAct("PUT /packs/{pack_id}", STANDING_READS);

  const files = changesOf(base.documents, texts);
  const changed = files.filter(({ change }) => change !== "same");
  const packPath = `${pack_id}/pack.yaml`;
  const current = file !== undefined && files.some(({ path }) => path === file) ? file : packPath;
  const isRemoved = texts[current] === undefined;
  const version = versionIn(texts[packPath] ?? "");
  const inUse = detail.own?.active?.version;
  const mustRaise = changed.length > 0 && inUse !== undefined && version === inUse;

  const put = (path: string, text: string): void => setTexts((before) => ({ ...before, [path]: text }));
  const remove = (path: string): void => setTexts((before) => Object.fromEntries(Object.entries(before).filter(([each]) => each !== path)));
  const save = (etag: string): void =>
    write.mutate(
      { params: { pack_id }, body: { documents: texts }, ifMatch: etag },
      {
        onSuccess: (state) => {
          setStale(undefined);
          setBase({ documents: texts, etag: base.etag });
          say(
            `Version ${state.candidate?.version ?? state.active?.version ?? ""} is written`,
            "Run its one-year check above, then use it.",
          );
        },
        onError: (error) => {
          if (isStale(error)) void readDocuments(pack_id).then(setStale);
        },
      },
    );
  const takeTheirs = async (): Promise<void> => {
    await Promise.all(STANDING_READS.map((name) => queries.invalidateQueries({ queryKey: keyOf(name) })));
    setStale(undefined);
    write.reset();
  };

  const blocker = useBlocker({
    shouldBlockFn: ({ current: from, next }) =>
      changed.length > 0 && (from.pathname !== next.pathname || (next.search as { readonly tab?: string }).tab !== "documents"),
    enableBeforeUnload: () => changed.length > 0,
    withResolver: true,
  });

  return (
    <Panel
      title="Documents"
      note={changed.length === 0 ? "as they were written last" : `${plural(changed.length, "document")} changed and not written yet`}
      actions={
        <>
          <AddDocument
            packId={pack_id}
            taken={Object.keys(texts)}
            onAdd={(path, text) => {
              put(path, text);
              onOpen(path);
            }}
          />
          <Button small disabled={changed.length === 0} onClick={() => setTexts(base.documents)}>
            Undo all
          </Button>
          <Button small busy={check.isPending} onClick={() => check.mutate({ body: { pack_id, documents: texts } })}>
            Check
          </Button>
          <Button
            small
            kind="primary"
            disabled={changed.length === 0 || stale !== undefined}
            busy={write.isPending}
            onClick={() => save(base.etag)}
          >
            Write the version
          </Button>
        </>
      }
    >
      {mustRaise && (
        <p className={styles.row}>
          <span className={styles.soft}>Version {inUse} is in use, so a changed pack needs a higher one.</span>
          <Button small onClick={() => put(packPath, withVersion(texts[packPath]!, nextMinor(inUse)))}>
            Make it {nextMinor(inUse)}
          </Button>
        </p>
      )}
      {stale !== undefined ? (
        <StaleDocuments
          base={base.documents}
          theirs={stale}
          busy={write.isPending}
          onOverwrite={() => save(stale.etag)}
          onTakeTheirs={() => void takeTheirs()}
        />
      ) : (
        write.error !== null && <ErrorState error={write.error} title="The version was not written" />
      )}
      <div className={styles.documents}>
        <FileList files={files} current={current} onOpen={onOpen} />
        <div className={styles.pane}>
          <Tabs
            label={current}
            value={view}
            onChange={setView}
            tabs={[
              {
                value: "edit",
                label: "Text",
                content: isRemoved ? (
                  <p className={styles.row}>
                    It will be removed with the next version.
                    <Button small onClick={() => put(current, base.documents[current] ?? "")}>
                      Keep it
                    </Button>
                  </p>
                ) : (
                  <textarea
                    className={styles.editor}
                    aria-label={`Text of ${current}`}
                    spellCheck={false}
                    value={texts[current] ?? ""}
                    onChange={(event) => put(current, event.target.value)}
                  />
                ),
              },
              {
                value: "diff",
                label: "What differs",
                content: <CodeView label={`Changes of ${current}`} before={base.documents[current] ?? ""} text={texts[current] ?? ""} />,
              },
            ]}
          />
          {!isRemoved && current !== packPath && (
            <div>
              <Button small kind="danger" onClick={() => remove(current)}>
                Remove {current.split("/").at(-1)}
              </Button>
            </div>
          )}
          {check.error !== null && <ErrorState error={check.error} title="The documents could not be checked" />}
          {check.data !== undefined && <ReportView report={check.data} objectionsOnly />}
        </div>
      </div>
      <Confirm
        open={blocker.status === "blocked"}
        onOpenChange={(open) => !open && blocker.reset?.()}
        title="Leave without writing the changes?"
        verb="Leave and lose them"
        keep="Stay"
        onConfirm={() => blocker.proceed?.()}
      >
        {plural(changed.length, "document")} of the pack {changed.length === 1 ? "was" : "were"} changed here and not written yet.
      </Confirm>
    </Panel>
  );
}
