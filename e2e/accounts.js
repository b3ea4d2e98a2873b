// Organisations, accounts and sessions for tests. The command line makes them, and the site's own pages let them in:
// `const her = await office.signIn(context, "technician")`, and the browser is signed in.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { request } from "@playwright/test";

/** The password of every account. */
export const PASSWORD = "brume tuile gant sorbier nef ocre";

/** For each role, a kind of organisation that may have people in it. */
const KINDS = {
  adviser: "france_travail_agency",
  social_referent: "departement",
  local_service_head: "local_service",
  caf_worker: "caf",
  platform_agent: "orientation_platform",
  orientation_officer: "departement",
  technician: "departement",
  clerk: "departement",
  agency_director: "france_travail_agency",
  territorial_direction: "france_travail_direction",
  mds: "solidarity_house",
  steering: "departement",
  evidence_officer: "departement",
  dpo: "departement",
};

/** An authenticator application: gives each code once, as the site asks. */
export class Application {
  #key;
  #last = -Infinity;

  constructor(secret) {
    const five = (sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0");
    const bits = [...secret.replaceAll(/\s/g, "")].map(five).join("");
    this.#key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  }

  /** A code that is good now and was not used: of the step before, this one or the next. */
  code() {
    const now = Math.floor(Date.now() / 30_000);
    const step = Math.max(now - 1, this.#last + 1);
    if (step > now + 1) throw new Error("three codes were used within thirty seconds: take another account");
    this.#last = step;
    const counter = Buffer.alloc(8);
    counter.writeBigInt64BE(BigInt(step));
    const tag = createHmac("sha1", this.#key).update(counter).digest();
    const number = tag.readUInt32BE(tag[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

export class Office {
  #program;
  #place;
  #count = 0;

  constructor(program, place) {
    this.#program = program;
    this.#place = place;
  }

  /** Runs a command as the operator; gives what it printed. */
  run(args, input) {
    const config = join(this.#place.folder, "liant.toml");
    const all = ["--config", config, "--as", "technician", ...args];
    return execFileSync(this.#program, all, { input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] }).trim();
  }

  /** The organisation of this name, made when there is none. */
  organisation(name, kind, { party = "departement-62", parent } = {}) {
    const known = JSON.parse(this.run(["org", "list", "--json"]));
    if (!known.some((row) => row.name === name)) {
      const of = parent ? ["--parent", parent] : ["--party", party];
      this.run(["org", "add", "--name", name, "--kind", kind, ...of]);
    }
    return name;
  }

  /** An address that nobody has yet. */
  address(word) {
    this.#count += 1;
    return `${word.replaceAll("_", ".")}.${this.#count}@office.example`;
  }

  /** Makes an account that has never signed in. */
  account(role, { organisation, name = "Camille Delattre", admin = false, language = "fr" } = {}) {
    const where = organisation ?? this.organisation(`Test, ${KINDS[role]}`, KINDS[role]);
    const email = this.address(role);
    const post = ["--email", email, "--organisation", where, "--role", role, ...(admin ? ["--admin"] : [])];
    this.run(["user", "add", "--name", name, "--language", language, ...post], PASSWORD);
    return { email, password: PASSWORD, name, role, organisation: where };
  }

  /** The token of an invitation. */
  invite(email, role, organisation) {
    return this.run(["user", "invite", "--email", email, "--organisation", organisation, "--role", role]);
  }

  /** Makes an account that has its second factor, and a session: with its application, recovery codes and cookie. */
  async colleague(role, options = {}) {
    const account = this.account(role, options);
    const visit = await Visit.begin(this.#place.address);
    await visit.get("/sign-in");
    await visit.post("/sign-in", { email: account.email, password: account.password });
    if (role !== "steering" || options.admin) {
      const scan = await visit.post("/sign-in/second-factor", {});
      const uri = scan.match(/name="uri" value="([^"]+)"/)[1].replaceAll("&#38;", "&");
      account.application = new Application(new URL(uri).searchParams.get("secret"));
      const codes = await visit.post("/sign-in/second-factor/confirm", { uri, code: account.application.code() });
      account.recovery = codes.match(/[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/g);
    }
    account.cookie = (await visit.end()).find(({ name }) => name.endsWith("liant-session"));
    if (!account.cookie) throw new Error(`${role} did not come in`);
    return account;
  }

  /** The same, and a browser's context is signed in as her. */
  async signIn(context, role, options) {
    const account = await this.colleague(role, options);
    await context.addCookies([account.cookie]);
    return account;
  }
}

/** A visit without a browser: it keeps cookies, follows redirections, and sends forms with their token. */
class Visit {
  #context;
  #token;

  static async begin(origin) {
    const visit = new Visit();
    visit.#context = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
    return visit;
  }

  async get(path) {
    return this.#read(await this.#context.get(path));
  }

  async post(path, form) {
    return this.#read(await this.#context.post(path, { form: { _form: this.#token, ...form } }));
  }

  async end() {
    const { cookies } = await this.#context.storageState();
    await this.#context.dispose();
    return cookies;
  }

  async #read(response) {
    if (!response.ok()) throw new Error(`${response.url()}: ${response.status()}`);
    const text = await response.text();
    this.#token = text.match(/name="_form" value="([0-9a-f]+)"/)?.[1] ?? this.#token;
    return text;
  }
}
