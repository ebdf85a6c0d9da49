// Verifies a receipt of a Qrossing gateway with nothing but node's own crypto; docs/receipt.md, "How to verify".
//   node verify-receipt.mjs RECEIPT.json 'VERIFIER KEY'
// Prints one line and ends with 0 when everything holds; prints what does not and ends with 1; 2 is a wrong call.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const fail = (what) => { throw new Error(what); };
const check = (holds, what) => holds || fail(what);

// Verifier key: name + "+" + key id in hexadecimal + "+" + base64(0x01 || Ed25519 public key).
function readKey(text) {
  const [name, id, ...rest] = text.split("+");
  const typed = Buffer.from(rest.join("+"), "base64");
  check(typed.length === 33 && typed[0] === 1, "the verifier key is not of Ed25519");
  check(sha256(name, "\n", typed).subarray(0, 4).toString("hex") === id, "the verifier key's id is not its own");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: "der", type: "spki" }) };
}

// Signed note: a text, an empty line, lines "— name base64(key id || signature)". Gives the text.
function readNote(note, trusted, what) {
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end + 1);
  const ours = note.slice(end + 2).split("\n").filter((line) => line.startsWith(`\u2014 ${trusted.name} `))
    .map((line) => Buffer.from(line.split(" ")[2], "base64"))
    .filter((bytes) => bytes.subarray(0, 4).toString("hex") === trusted.id);
  check(end >= 0 && ours.length > 0, `the ${what} has no signature of ${trusted.name}`);
  check(ours.every((bytes) => verify(null, Buffer.from(text), trusted.key, bytes.subarray(4))), `the ${what} is not signed by ${trusted.name}`);
  return text;
}

// RFC 8785: members sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

// RFC 9162, section 2.1.3.2.
function rootOf(leafHash, index, size, path) {
  check(Number.isSafeInteger(index) && index >= 0 && index < size, `leaf ${index} is not in a tree of ${size}`);
  let [node, last, hash] = [BigInt(index), BigInt(size - 1), leafHash];
  for (const sibling of path) {
    check(last > 0n && sibling.length === 32, `the proof of leaf ${index} is malformed`);
    if (node & 1n || node === last) {
      hash = sha256(Buffer.of(1), sibling, hash);
      while (!(node & 1n) && node > 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = sha256(Buffer.of(1), hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  check(last === 0n, `the proof of leaf ${index} is too short`);
  return hash;
}

function verifyReceipt(receipt, trusted) {
  check(receipt !== null && typeof receipt === "object" && receipt.v === 1, "this is no receipt of version 1");
  for (const name of ["signature", "checkpoint"]) check(typeof receipt[name] === "string", `the receipt has no ${name}`);
  check(Array.isArray(receipt.entries) && typeof receipt.effect?.id === "string", "the receipt has no effect, or no entries");

  // 1. The signature over the whole.
  const { signature, ...unsigned } = receipt;
  const signed = `qrossing.receipt/v1\n${sha256(canonical(unsigned)).toString("base64")}\n`;
  check(readNote(signature, trusted, "signature") === signed, "the signature is not over this receipt");

  // 2. The checkpoint.
  const [origin, size, root] = readNote(receipt.checkpoint, trusted, "checkpoint").split("\n");
  check(origin === trusted.name, `the checkpoint is not one of ${trusted.name}`);

  // 3. Every entry: its place in the tree, what it is about, its payload.
  check(receipt.entries.length > 0, "the receipt has no entries");
  let before = -1;
  for (const { leaf, entry, proof, salt, payload } of receipt.entries.map((each) => each ?? {})) {
    check(typeof entry === "string" && Array.isArray(proof), `entry ${leaf} has no text, or no proof`);
    check(leaf > before, `entry ${leaf} does not come after entry ${before}`);
    before = leaf;
    const path = proof.map((hash) => Buffer.from(hash, "base64"));
    const proven = rootOf(sha256(Buffer.of(0), entry), leaf, Number(size), path).toString("base64");
    check(proven === root, `entry ${leaf} is not in the tree of the checkpoint`);
    const fields = JSON.parse(entry);
    check(fields.v === 1 && canonical(fields) === entry, `entry ${leaf} is not in the form of version 1`);
    check(fields.subject === receipt.effect.id, `entry ${leaf} is not about ${receipt.effect.id}`);
    if (payload !== undefined) { // without one it was erased
      check(/^[0-9a-f]{32}$/.test(salt), `the salt of entry ${leaf} is malformed`);
      check(sha256(Buffer.from(salt, "hex"), payload).toString("hex") === fields.payloadHash, `the payload of entry ${leaf} is not the one it commits to`);
    }
  }
  return `valid: ${receipt.effect.id} ${receipt.effect.outcome}, ${receipt.entries.length} entries in the tree of ${size} of ${origin}`;
}

const [file, key] = process.argv.slice(2);
if (!file || !key) {
  console.error("usage: node verify-receipt.mjs RECEIPT.json 'VERIFIER KEY'");
  process.exit(2);
}
try {
  console.log(verifyReceipt(JSON.parse(readFileSync(file, "utf8")), readKey(key)));
} catch (error) {
  console.error(`not valid: ${error.message}`);
  process.exit(1);
}
