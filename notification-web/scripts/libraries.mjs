// Prints, in CycloneDX, the libraries of which code is in the page or in the package: those of the lock file that are more than tools
// of the build. `npm sbom --omit dev` leaves out React and Zod, since tools ask for them too. Those of the pages and of the web component
// alone are tools to npm, so that nothing asks those who use the package to install them.
import { execFileSync } from "node:child_process";

const whole = JSON.parse(
  execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
  }),
);
const bundled = ["preact", "wouter", "mitt", "regexparam"];
const isTool = (component) =>
  !bundled.includes(component.name) &&
  component.properties?.some(({ name, value }) => name === "cdx:npm:package:development" && value === "true");
const tools = new Set(whole.components.filter(isTool).map((tool) => tool["bom-ref"]));

// The same lock file gives the same list.
delete whole.serialNumber;
delete whole.metadata.timestamp;
whole.components = whole.components.filter((component) => !tools.has(component["bom-ref"]));
whole.dependencies = whole.dependencies
  .filter(({ ref }) => !tools.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((on) => !tools.has(on)) }));
console.log(JSON.stringify(whole, null, 2));
