// Writes every device definition of zigbee-herdsman-converters as bridge/devices would publish it, one JSON object a line.
// node definitions.mjs FOLDER_WITH_NODE_MODULES OUTPUT
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const [from, to] = process.argv.slice(2);
const require = createRequire(join(resolve(from), "package.json"));
const { prepareDefinition } = require("zigbee-herdsman-converters");
const folder = join(dirname(require.resolve("zigbee-herdsman-converters")), "devices");

// What a gateway publishes of an expose; the rest is for people.
const published = ({ type, name, property, access, unit, value_on, value_off, values, features }) =>
  ({ type, name, property, access, unit, value_on, value_off, values, features: features?.map(published) });

// A rebranded device that can be told apart is published under its own name.
const brands = (definition) => [definition, ...(definition.whiteLabel ?? []).filter((brand) => brand.fingerprint)];

const lines = readdirSync(folder)
  .filter((file) => file.endsWith(".js") && file !== "index.js")
  .sort()
  .flatMap((file) => require(join(folder, file)).definitions)
  .flatMap((definition) => {
    const prepared = prepareDefinition(definition);
    const exposes = typeof prepared.exposes === "function" ? prepared.exposes({ isDummyDevice: true }, {}) : prepared.exposes;
    return brands(prepared).map(({ model, vendor }) => JSON.stringify({
      model, of: prepared.model, vendor: vendor ?? prepared.vendor, exposes: exposes.map(published),
    }));
  });
writeFileSync(to, `${lines.join("\n")}\n`);
