import { useAsk } from "../../data/ask.ts";
import { Chip } from "../../ui/chip.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import type { PackDetail } from "./pack-standing.ts";

/** How predictions become trades: each policy template as it is written. */
export function PoliciesTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id, pack, policies } = detail;
  const query = useAsk("GET /packs/{pack_id}/documents", { params: { pack_id } });
  return (
    <Loaded query={query} title="The policies could not be read" skeleton={<SkeletonBlock />}>
      {({ documents }) => (
        <Grid>
          {policies.map((name) => (
            <Panel
              key={name}
              span={6}
              title={name}
              note="What it leaves out comes from the built-in policy."
              actions={name === pack.policy && <Chip tone="accent">Default</Chip>}
            >
              <CodeView label={`policy_templates/${name}.yaml`} text={documents[`${pack_id}/policy_templates/${name}.yaml`] ?? ""} />
            </Panel>
          ))}
        </Grid>
      )}
    </Loaded>
  );
}
