import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { given } from "../../data/search.ts";
import { Button } from "../../ui/button.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { CopyDialog } from "./copy-dialog.tsx";
import { DocumentsEditor } from "./documents-editor.tsx";
import { FileList } from "./file-list.tsx";
import styles from "./own-pack.module.css";
import type { PackDetail } from "./pack-standing.ts";
import { useDocuments } from "./use-pack.ts";

const route = getRouteApi("/packs/$packId");

/** The documents that a pack is made of: to read, to copy, and one's own to change. */
export function DocumentsTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id } = detail;
  const query = useDocuments(pack_id);
  const { file } = route.useSearch();
  const navigate = useNavigate({ from: "/packs/$packId" });
  const [copying, setCopying] = useState(false);
  const open = (path: string): void => void navigate({ search: (search) => given({ ...search, file: path }), replace: true });
  return (
    <Loaded query={query} title="The documents could not be read" skeleton={<SkeletonBlock />}>
      {(read) =>
        detail.own !== null ? (
          <DocumentsEditor key={read.etag} detail={detail} read={read} file={file} onOpen={open} />
        ) : (
          <Panel
            title="Documents"
            note={
              detail.built_in
                ? "A built-in pack stays as it is: copy it to change it."
                : "Put into the workspace by hand: its files are changed there, or copied here."
            }
            actions={
              <Button small onClick={() => setCopying(true)}>
                Copy as my own pack
              </Button>
            }
          >
            <ReadOnly documents={read.documents} packId={pack_id} file={file} onOpen={open} />
            <CopyDialog detail={detail} documents={read.documents} open={copying} onOpenChange={setCopying} />
          </Panel>
        )
      }
    </Loaded>
  );
}

interface ReadOnlyProps {
  readonly documents: Readonly<Record<string, string>>;
  readonly packId: string;
  readonly file: string | undefined;
  readonly onOpen: (path: string) => void;
}

function ReadOnly({ documents, packId, file, onOpen }: ReadOnlyProps) {
  const paths = Object.keys(documents).toSorted();
  const shown = file !== undefined && documents[file] !== undefined ? file : `${packId}/pack.yaml`;
  return (
    <div className={styles.documents}>
      <FileList files={paths.map((path) => ({ path, change: "same" as const }))} current={shown} onOpen={onOpen} />
      <div className={styles.pane}>
        <CodeView label={shown} text={documents[shown] ?? ""} />
      </div>
    </div>
  );
}
