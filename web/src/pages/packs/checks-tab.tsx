import { useQuery } from "@tanstack/react-query";
import { client } from "../../data/client.ts";
import { Grid, Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import type { PackDetail } from "./pack-standing.ts";
import { ReportView } from "./report-view.tsx";

/** Whether a pack is coherent: the same checks that the API and the command line make. */
export function ChecksTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id, own } = detail;
  const query = useQuery({
    queryKey: ["POST /packs/validate", pack_id, own?.candidate?.pack_sha ?? detail.pack_sha],
    queryFn: async ({ signal }) => {
      // The API judges the version in use by its id; what was written since is judged by its documents.
      const body =
        own === null || own.candidate === null
          ? { pack_id }
          : { pack_id, documents: (await client.call("GET /packs/{pack_id}/documents", { params: { pack_id }, signal })).documents };
      return client.call("POST /packs/validate", { body, signal });
    },
  });
  return (
    <Grid>
      <Panel
        title="Validation report"
        note={own?.candidate ? `version ${own.candidate.version}, which was written last` : `version ${detail.version}`}
      >
        <Loaded query={query} title="The pack could not be checked" skeleton={<SkeletonBlock />}>
          {(report) => <ReportView report={report} />}
        </Loaded>
      </Panel>
    </Grid>
  );
}
