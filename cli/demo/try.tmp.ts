import { createLocalSystem, localHome } from "#infra/local/local-system.ts";
import { takeJourney } from "./journey.ts";

const t0 = performance.now();
const system = await createLocalSystem({ home: localHome(), alerts: { deliver: async (a) => console.log("ALERT", a.title) } });
console.log("system", performance.now() - t0);
const step = (stage: string, e: { step: string; message: string; done: number; expected: number }) =>
  console.log(((performance.now() - t0) / 1000).toFixed(2), stage, e.step, `${e.done}/${e.expected}`, e.message);
try {
  if (process.argv[2] !== "sim") {
    const real = await takeJourney(
      system,
      {
        owner: "local",
        model: {
          pack_id: "swingsigma",
          template_id: "swing_eq_daily_close",
          model_id: "spx_eq_swing_daily",
          ticker: "SPX", learner: { calibration: "none" },
          data: { provider: "sample", symbol: "SPX" },
        },
        research: true,
      },
      step,
    );
    console.log(JSON.stringify({ ...real, rows: real.rows.slice(0, 2) }, null, 1).slice(0, 9000));
  }
  const sim = await takeJourney(
    system,
    {
      owner: "local-simulated",
      model: {
        pack_id: "swingsigma",
        template_id: "swing_eq_daily",
        model_id: "simedge_eq_swing_daily",
        ticker: "SIMEDGE",
        data: { provider: "simulated", symbol: "SIMEDGE", seed: Number(process.argv[3] ?? 1) },
      },
      research: false,
    },
    step,
  );
  console.log(JSON.stringify({ sweep: sim.sweep, trained: sim.trained, signal: sim.signal }, null, 1).slice(0, 9000));
} catch (e) {
  console.log("FAILED", e);
} finally {
  await system.close();
}
console.log("total", performance.now() - t0);
