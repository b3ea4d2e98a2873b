// A real OpenID provider on this machine, as ProConnect behaves: signed userinfo, `acr` and `amr` by the `claims` parameter, essential
// levels refused, PKCE. Its own pages ask for the address, or refuse.
import { createServer } from "node:http";
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import Provider from "oidc-provider";

export const SECRET = "a-secret-that-only-the-two-of-them-know-0123456789";
export const STRONG = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

export function key(kid) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

/** What FranceConnect states of someone, beside what ProConnect does. */
const PIVOT = ["family_name", "birthdate", "gender", "birthplace", "birthcountry"];
const SCOPES = ["openid", "email", "given_name", "usual_name", ...PIVOT];

const LOGIN = `<!DOCTYPE html><html lang="fr"><title>Fournisseur d’essai</title><h1>Fournisseur d’essai</h1>
<form method="post"><label>Adresse <input name="login" type="email"></label>
<button name="act" value="in">Entrer</button><button name="act" value="weak">Entrer sans second facteur</button>
<button name="act" value="cancel">Annuler</button></form></html>`;

export class OpenIdProvider {
  #server;
  #port = 0;
  #keys = [key("first")];
  #sites = [];
  #turn;
  #callback;
  #provider;
  /** What is stated of some, by login, beside what is stated of everyone. */
  people = new Map();
  /** Every question that was put. */
  questions = [];

  async start() {
    await this.#listen();
    return this;
  }

  /** Lets this site send people here. */
  admit(site) {
    this.#sites = [site];
    this.#make();
  }

  /** Has the next token lie: `turn` is given its claims, and gives others, or a whole other token. */
  lie(turn) {
    this.#turn = turn;
  }

  /** A token with these claims, signed as the provider signs, or by another key under the same name. */
  signed(claims, { by = this.#keys[0], header = {} } = {}) {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "RS256", kid: this.#keys[0].kid, ...header })}.${part(claims)}`;
    return `${text}.${sign("RSA-SHA256", Buffer.from(text), createPrivateKey({ key: by, format: "jwk" })).toString("base64url")}`;
  }

  get issuer() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** New signing keys: the old ones are published no more. */
  async rotate() {
    this.#keys = [key(`after-${this.#keys[0].kid}`)];
    this.#make();
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Listens again at the same place. */
  async restart() {
    await this.#listen();
  }

  async #listen() {
    this.#server = createServer((request, response) => this.#handle(request, response));
    await new Promise((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = this.#server.address().port;
    this.#make();
  }

  #make() {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: "liant",
          client_secret: SECRET,
          redirect_uris: this.#sites.flatMap((site) => [`${site}/sign-in/answer`, `${site}/me/sign-in/answer`]),
          post_logout_redirect_uris: this.#sites.flatMap((site) => [`${site}/signed-out`, `${site}/me/left`]),
          token_endpoint_auth_method: "client_secret_post",
          userinfo_signed_response_alg: "RS256",
        },
      ],
      jwks: { keys: this.#keys },
      cookies: { keys: ["a-key-of-the-cookies"] },
      acrValues: ["eidas1", STRONG],
      claims: {
        openid: ["sub"],
        email: ["email"],
        given_name: ["given_name"],
        usual_name: ["usual_name"],
        ...Object.fromEntries(PIVOT.map((claim) => [claim, [claim]])),
        acr: null,
        amr: null,
        auth_time: null,
      },
      scopes: SCOPES,
      features: {
        devInteractions: { enabled: false },
        claimsParameter: { enabled: true },
        jwtUserinfo: { enabled: true },
        rpInitiatedLogout: { enabled: true, logoutSource: this.#confirm },
      },
      pkce: { required: () => true },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => this.#claims(sub) }),
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
        grant.addOIDCScope(SCOPES.join(" "));
        grant.addOIDCClaims(["acr", "amr", "auth_time"]);
        await grant.save();
        return grant;
      },
      ttl: { AccessToken: 60, AuthorizationCode: 30, IdToken: 60, Grant: 3600, Interaction: 600, Session: 3600 },
    });
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.path !== "/token" || ctx.status !== 200 || !this.#turn) return;
      const claims = JSON.parse(Buffer.from(ctx.body.id_token.split(".")[1], "base64url"));
      const turned = this.#turn(claims);
      this.#turn = undefined;
      ctx.body = { ...ctx.body, id_token: typeof turned === "string" ? turned : this.signed(turned) };
    });
    this.#provider = provider;
    this.#callback = provider.callback();
  }

  /** A person of the provider: her address is her login. */
  #claims(login) {
    const everyone = { email: login, given_name: "Inès", usual_name: "Vauquelin", siret: "13002526500013" };
    return { sub: `sub-${login}`, ...everyone, ...this.people.get(login) };
  }

  #confirm(ctx, form) {
    ctx.body = `<!DOCTYPE html><html lang="fr"><title>Sortir</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sortir</button></html>`;
  }

  async #handle(request, response) {
    const address = new URL(request.url, this.issuer);
    if (address.pathname === "/favicon.ico") return response.writeHead(204).end();
    if (address.pathname === "/auth") this.questions.push(address.searchParams);
    if (!address.pathname.startsWith("/interaction/")) return this.#callback(request, response);
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return response.end(LOGIN);
    }
    let body = "";
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const result = {
      in: { login: { accountId: form.get("login"), acr: STRONG, amr: ["pwd", "totp", "mfa"] } },
      weak: { login: { accountId: form.get("login"), acr: "eidas1", amr: ["pwd"] } },
      cancel: { error: "access_denied", error_description: "the person stopped" },
    }[form.get("act")];
    return this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}
