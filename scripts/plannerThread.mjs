// The planner's thread from source: tsx does not reach into threads by itself.
import { register } from "tsx/esm/api";

register();
await import("../src/planner/plannerThread.ts");
