import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { ProblemError } from "#client/problem.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import { useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { PAGE } from "../../words/places.ts";
import styles from "./admin.module.css";
import { JobsTab } from "./jobs-tab.tsx";
import { QuotasTab } from "./quotas-tab.tsx";
import { ReviewsTab } from "./reviews-tab.tsx";

const route = getRouteApi("/admin");

/** On one machine there is one owner. */
const ownerOfPlace = (): string | undefined => (["127.0.0.1", "localhost", "[::1]"].includes(location.hostname) ? "local" : undefined);

/** What administrators do: accounts and their quotas, work of any owner, packs that wait for a review. */
export function AdminPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/admin" });
  // The queue of reviews needs no owner, so it tells whether this account administers.
  const queue = useRows("GET /admin/reviews", { query: { limit: 100 } }, { everyMs: 60_000 });
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>, replace = true): void =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, replace });
  const head = (
    <PageHeader
      title="Admin"
      lead="Accounts and their quotas, the work of any owner, and packs that wait for a review. What you change here is kept with your name, the time and your reason."
    />
  );
  if (queue.error instanceof ProblemError && queue.error.problem.status === 403)
    return (
      <>
        <PageHeader title="Admin" />
        <EmptyState title="This page is for administrators" action={<PlaceLink to={PAGE.dashboard}>Back to the dashboard</PlaceLink>}>
          Your account does not administer this place, so nothing of other owners is shown to you. Whoever runs it can add you to the group
          of administrators; sign in again afterwards.
        </EmptyState>
      </>
    );
  if (queue.data === undefined)
    return (
      <>
        {head}
        <Loaded query={queue} title="The place could not be asked who administers it" skeleton={<SkeletonBlock />}>
          {() => null}
        </Loaded>
      </>
    );
  const { tab = "quotas", owner = ownerOfPlace(), pack, of, status, machine } = search;
  const waiting = queue.data.length;
  return (
    <>
      {head}
      <Tabs
        label="Parts of the administration"
        value={tab}
        onChange={(next) => set({ tab: next === "quotas" ? undefined : next }, false)}
        tabs={[
          {
            value: "quotas",
            label: "Quotas",
            content: (
              <OfOwner owner={owner} onOwner={(next) => set({ owner: next }, false)}>
                {(whose) => <QuotasTab owner={whose} />}
              </OfOwner>
            ),
          },
          {
            value: "jobs",
            label: "Jobs",
            content: (
              <OfOwner owner={owner} onOwner={(next) => set({ owner: next }, false)}>
                {(whose) => <JobsTab owner={whose} status={status} machine={machine} onChange={set} />}
              </OfOwner>
            ),
          },
          {
            value: "reviews",
            label: waiting === 0 ? "Pack reviews" : `Pack reviews (${waiting})`,
            content: (
              <ReviewsTab queue={queue} owner={of} packId={pack} onOpen={(found) => set({ pack: found?.pack, of: found?.owner }, false)} />
            ),
          },
        ]}
      />
    </>
  );
}

const OwnerFormSchema = z.strictObject({ owner: OwnerSchema });

interface OfOwnerProps {
  readonly owner: string | undefined;
  readonly onOwner: (owner: string) => void;
  readonly children: (owner: string) => React.ReactNode;
}

/** Asks whose account is looked at; nothing lists all owners. */
function OfOwner({ owner, onOwner, children }: OfOwnerProps) {
  const form = useForm<z.input<typeof OwnerFormSchema>>({
    resolver: schemaResolver(OwnerFormSchema),
    values: { owner: owner ?? "" },
  });
  return (
    <>
      <form className={styles.owner} onSubmit={(event) => void form.handleSubmit(({ owner: next }) => onOwner(next))(event)}>
        <TextField control={form.control} name="owner" label="Owner" />
        <Button type="submit">Look up</Button>
        <p>A user's id, or the owner of a token; "local" on one machine.</p>
      </form>
      {owner === undefined ? (
        <EmptyState title="Whose account?">Write the id of an owner above. A user's id is the subject of their sign-in.</EmptyState>
      ) : (
        children(owner)
      )}
    </>
  );
}
