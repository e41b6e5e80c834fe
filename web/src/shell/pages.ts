import {
  Activity,
  BadgeCheck,
  Boxes,
  CirclePlus,
  Grid3x3,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Package,
  ShieldCheck,
  Trophy,
} from "lucide-react";
import { PAGE } from "../words/places.ts";

/** A page that the rail and the palette lead to. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly icon: LucideIcon;
  /** Other words that somebody may look for it by. */
  readonly words: string;
  /** The few that fit the bar of a phone; the others are found in its menu. */
  readonly onPhone: boolean;
}

/** Pages in the order of the work: idea, model, results, trained, signals. */
export const PLACES: readonly Place[] = [
  { path: PAGE.dashboard, name: "Dashboard", icon: LayoutDashboard, words: "home health status overview start", onPhone: true },
  { path: PAGE.packs, name: "Packs", icon: Package, words: "strategies indicators tags ideas builder", onPhone: true },
  { path: PAGE.createModel, name: "Create model", icon: CirclePlus, words: "new template wizard build start", onPhone: false },
  { path: PAGE.models, name: "Models", icon: Boxes, words: "designer composer matrix config policy instrument ticker", onPhone: true },
  { path: PAGE.sweeps, name: "Sweeps", icon: Grid3x3, words: "grid variants optimize parameters search trials", onPhone: false },
  { path: PAGE.leaderboard, name: "Leaderboard", icon: Trophy, words: "results ranking best gate pass compare train", onPhone: true },
  {
    path: PAGE.trained,
    name: "Trained models",
    icon: BadgeCheck,
    words: "publish pause resume retire discard paper holdout export onnx lightgbm importance",
    onPhone: false,
  },
  { path: PAGE.signals, name: "Signals", icon: Activity, words: "live stream log buy sell hold analytics explanation shap", onPhone: true },
  { path: PAGE.runs, name: "Runs", icon: ListChecks, words: "jobs progress history cancel resume", onPhone: false },
  { path: PAGE.admin, name: "Admin", icon: ShieldCheck, words: "quotas tier jobs retry cancel review packs owner", onPhone: false },
];
