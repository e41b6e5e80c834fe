import { anchoredCloses } from "../options/flow/anchored-closes.ts";
