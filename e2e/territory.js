// The harness on an invented territory: three months of files imported, decisions recorded, questions of identity open.
import { test as base, expect, run, seen, site } from "./site.js";

const territory = (folder) => run("demo", "--dir", folder, "--people", "800", "--months", "3", "--no-serve");

export const test = base.extend({ place: [site(territory), { scope: "worker" }] });

export { expect, seen };
