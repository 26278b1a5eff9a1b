// A real OpenID provider for the tests: node-oidc-provider with its own pages for signing in and for consent. Whoever
// types a name is that person, with an address that counts as confirmed. Each time it starts it signs with another key.
// node provider.mjs <folder with node_modules> <port> <address of the community>
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, community] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "tafelrunde",
      client_secret: "only-for-the-tests",
      redirect_uris: [`${community}/login/with/company/back`],
      backchannel_logout_uri: `${community}/login/with/company/logout`,
      backchannel_logout_session_required: true,
    },
  ],
  jwks: { keys: [{ ...key, kid: randomUUID(), use: "sig", alg: "RS256" }] },
  claims: { openid: ["sub"], profile: ["name", "preferred_username", "nickname", "groups", "duties"], email: ["email", "email_verified"] },
  // It asks no address of this machine otherwise, and the community under test has one.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: `${id} of the company`,
      preferred_username: id,
      nickname: `${id}_at_work`,
      email: `${id}@example.org`,
      email_verified: true,
      groups: ["everybody", "testers"],
      duties: { desk: id === "petra" ? ["reports"] : [] },
    }),
  }),
});
provider.on("backchannel.error", (_context, error) => console.log(`back-channel logout: ${error.message}`));
provider.listen(Number(port), "127.0.0.1", () => console.log(`the provider is at ${issuer}`));
