// Receives webhooks of a Qrossing gateway with nothing but node: verifies the signature (Standard Webhooks), drops repeats, prints the event.
//   SECRET=whsec_... node receive-webhook.mjs PORT
// The secret may also be given later, in the file SECRET_FILE: it is shown when the subscription is made, after this program must already listen.
import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const toleranceSeconds = 300;
const seen = new Set(); // in earnest: a table, as long as the gateway may repeat (72 h)

function secret() {
  const text = process.env.SECRET ?? (existsSync(process.env.SECRET_FILE ?? "") ? readFileSync(process.env.SECRET_FILE, "utf8").trim() : "");
  return Buffer.from(text.replace(/^whsec_/, ""), "base64");
}

// The header has one "v1,<base64>" per secret that signs now; during a rotation there are two.
function isSigned(headers, body) {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", secret()).update(signed).digest();
  return Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) <= toleranceSeconds
    && String(headers["webhook-signature"]).split(" ")
      .filter((part) => part.startsWith("v1,"))
      .map((part) => Buffer.from(part.slice(3), "base64"))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8"); // verify the bytes as they came, before anything parses them
  if (!isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }

  const id = request.headers["webhook-id"]; // stable over every repeat of this event
  if (!seen.has(id)) {
    seen.add(id);
    const event = JSON.parse(body);
    console.log(`event ${event.type} ${event.id} at ${event.sequence}`);
  }

  response.writeHead(204).end(); // any 2xx; 410 ends the subscription, everything else is repeated
}).listen(Number(process.argv[2]), "127.0.0.1", () => console.log("receiver listens"));
