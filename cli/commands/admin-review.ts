import type { PackReview, PackToReview, WaitingPack } from "#functions/api/routes/admin-reviews.route.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { allRows } from "../find-model.ts";
import { minute, text } from "../format.ts";
import type { Session } from "../session.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";

const reviewText = ({ owner, pack_id, submission, reviewed_by }: PackReview, { width }: Session): string =>
  renderFacts(
    [
      ["Pack", `${pack_id} of ${owner}, version ${submission.version}`],
      ["State", submission.state],
      ["Handed in (UTC)", minute(submission.submitted_at)],
      ["Note", text(submission.note)],
      ["Reviewed (UTC)", submission.reviewed_at === null ? "not yet" : `${minute(submission.reviewed_at)} by ${text(reviewed_by)}`],
      ["Reason", text(submission.reason)],
      ["Content (pack_sha)", submission.pack_sha],
    ],
    width,
  );

export const adminReviews = command({
  name: "admin reviews",
  description: "Packs of all owners that were handed in and wait for a review, the one that has waited longest first",
  routes: ["GET /admin/reviews"],
  args: { limit: { type: "string", valueHint: "20", description: "Packs to show (default: 20)" } },
  async run({ session, args }) {
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const rows = await allRows<WaitingPack>(await session.api(), "/admin/reviews", {}, limit);
    const table = renderTable<WaitingPack>(
      [
        { header: "Pack", value: ({ pack_id }) => pack_id },
        { header: "Version", value: ({ submission }) => submission.version },
        { header: "Owner", value: ({ owner }) => owner },
        { header: "Handed in (UTC)", value: ({ submission }) => minute(submission.submitted_at) },
        { header: "Note", value: ({ submission }) => text(submission.note), shrinkTo: 12, optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No pack waits for a review." : table };
  },
});

export const adminReview = command({
  name: "admin review",
  description: "Show a pack that was handed in for review, with its documents; with --decision approve or reject what was read",
  routes: ["GET /admin/packs/{pack_id}/review", "POST /admin/packs/{pack_id}/review"],
  args: {
    pack: { type: "positional", description: "Pack id", required: true },
    owner: { type: "string", required: true, valueHint: "id", description: "Whose pack it is" },
    decision: { type: "string", valueHint: "approve|reject", description: "Decide on it; needs --sha" },
    sha: { type: "string", valueHint: "pack_sha", description: "Content that was read, as the command shows it; else CONFLICT" },
    reason: { type: "string", valueHint: "text", description: "For the owner; a rejection needs one" },
  },
  examples: ["sigma admin review my_pack --owner local", "sigma admin review my_pack --owner local --decision approve --sha 0a1b2c"],
  async run({ session, args }) {
    const path = `/admin/packs/${encodeURIComponent(args.pack)}/review`;
    const client = await session.api();
    if (args.decision === undefined) {
      const found = await client.get<PackToReview>(path, { owner: args.owner });
      const documents = Object.entries(found.documents ?? {}).map(([file, content]) => `--- ${file}\n${content.trimEnd()}`);
      const gone = found.documents === null ? ["Another version is in use now, so this one cannot be read any more."] : [];
      return { document: found, text: [reviewText(found, session), ...gone, ...documents].join("\n") };
    }
    const decision = oneOf("decision", args.decision, ["approve", "reject"]);
    if (args.sha === undefined)
      throw new UsageError("--decision needs --sha, the content that was read. Show it first, without --decision.");
    const body = { owner: args.owner, pack_sha: args.sha, decision, ...(args.reason === undefined ? {} : { reason: args.reason }) };
    const found = await client.post<PackReview>(path, body);
    return { document: found, text: reviewText(found, session) };
  },
});
