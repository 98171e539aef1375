// Prints every audit that fails; fails when one of them is required. usage: node audit.mjs FOLDER-OF-PACKAGES
import { createRequire } from "node:module";
import { resolve } from "node:path";

const { auditServer } = createRequire(resolve(process.argv[2], "package.json"))("graphql-http");

// "MAY NOT allow executing mutations on GET requests": a MUST of the specification for a server that answers GET.
const REQUIRED = ["9C48"];

const results = await auditServer({ url: `${process.env.CONGKHAI_URL}/graphql` });
const failed = results.filter((result) => result.status !== "ok");
const required = failed.filter((result) => result.name.startsWith("MUST") || REQUIRED.includes(result.id));

for (const result of failed) {
  const { status, headers } = result.response;
  console.log(`${required.includes(result) ? "FAILED" : "failed"}  ${result.id}  ${result.name}`);
  console.log(`        ${result.reason} (status ${status}, ${headers.get("content-type")})`);
}
console.log(`${results.length} audits, ${failed.length} failed, ${required.length} of them required`);
process.exit(results.length === 0 || required.length > 0 ? 1 : 0);
