// A certified OpenID provider on the loopback: node provider.mjs PORT BACK. Whoever was named last by
// PUT /who {accountId, amr, acr} is who signs in there next, without being asked.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
let who = { accountId: "nobody" };

const provider = new Provider(issuer, {
  clients: [{ client_id: "igtoolkit", client_secret: "only for tests, and as long as the real one", redirect_uris: [back] }],
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub", "acr", "amr"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
});

async function interact(request, response) {
  const { session, params } = await provider.interactionDetails(request, response);
  if (who.stops) {
    return provider.interactionFinished(request, response, { error: "access_denied" });
  }
  const accountId = session?.accountId || who.accountId;
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope("openid");
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { login: { remember: false, ...who }, consent: { grantId } });
}

async function name(request, response) {
  let body = "";
  for await (const part of request) body += part;
  who = JSON.parse(body);
  response.end();
}

createServer((request, response) => {
  const done = request.url === "/who" ? name : request.url.startsWith("/interaction/") ? interact : provider.callback();
  Promise.resolve(done(request, response)).catch((fault) => {
    response.statusCode = 500;
    response.end(String(fault));
  });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
