// Validates values against JSON schemas and prints what is wrong, one line each.
// node validate.mjs asyncapi DOCUMENT       an AsyncAPI 3.0.0 document against the specification's own schema
// node validate.mjs parts DOCUMENT VALUES   JSON lines {"name","schema":"#/components/schemas/…","value"} against a document's schemas
import { readFileSync } from "node:fs";
import Draft7 from "ajv";
import Draft2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [mode, file, values] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
// Documents have members of their own, and formats such as int32 that say how large a number is.
const options = { strict: false, allErrors: true, validateFormats: true, logger: false };
const report = (name, errors) => {
  for (const { instancePath, message, params } of errors ?? [])
    console.log(`${name}${instancePath} ${message} ${JSON.stringify(params)}`);
};

if (mode === "asyncapi") {
  const ajv = formats(new Draft7(options));
  const schema = read("node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json");
  const validate = ajv.compile(schema);
  validate(read(file));
  report("", validate.errors);
} else {
  const ajv = formats(new Draft2020(options));
  ajv.addSchema(read(file), "document");
  for (const line of readFileSync(values, "utf8").split("\n").filter(Boolean)) {
    const { name, schema, value } = JSON.parse(line);
    const validate = ajv.compile({ $ref: `document${schema}` });
    validate(value);
    report(name, validate.errors);
  }
}
