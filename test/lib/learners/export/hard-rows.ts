import type { FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";

/** The training rows, then values on every threshold of a model, just beside it, unknown, zero and infinite. */
export function hardRows(model: FittedModel, rows: TrainingRows): Float64Array[] {
  const { feature, value } = model.boosted!.forest;
  return rows.features.map((column, f) => {
    const own = Array.from(value.filter((_, node) => feature[node] === f)).filter(Number.isFinite);
    const edges = own.flatMap((t) => [t, t - Math.abs(t) * 2 ** -53, t + Math.abs(t) * 2 ** -52]);
    const some = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, ...edges];
    return Float64Array.from({ length: column.length + 400 }, (_, row) =>
      row < column.length ? column[row]! : some[(row * (f + 1)) % some.length]!,
    );
  });
}
