import type { ModelDocumentTexts } from "#functions/api/models/model-documents.ts";
import { command } from "../command.ts";
import { packOf } from "../find-model.ts";

export const modelsDocuments = command({
  name: "models documents",
  description: "The YAML documents that a model is made of, or those that its template would give it today",
  routes: ["GET /models", "GET /models/{model_id}/documents"],
  args: {
    model: { type: "positional", description: "Model id", required: true },
    pack: { type: "string", valueHint: "id", description: "Pack of the model; found when absent" },
    template: { type: "boolean", description: "What the template says instead" },
  },
  examples: ["sigma models documents spx_eq_swing_daily", "sigma models documents spx_eq_swing_daily --template"],
  async run({ session, args }) {
    const client = await session.api();
    const found = await client.get<ModelDocumentTexts>(`/models/${encodeURIComponent(args.model)}/documents`, {
      pack_id: await packOf(client, args.model, args.pack),
    });
    const { documents, template } = found;
    if (args.template !== true) return { document: found, text: written(documents) };
    return {
      document: found,
      text:
        template === null
          ? "The model has no template."
          : `# ${template.template_id}, version ${template.version}\n${written(template.documents)}`,
    };
  },
});

const written = (texts: Readonly<Record<string, string>>): string =>
  Object.entries(texts)
    .map(([path, text]) => `# ${path}\n${text.trimEnd()}`)
    .join("\n---\n");
