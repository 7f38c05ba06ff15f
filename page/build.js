// Builds the one script and one style sheet that every report carries, with the licences of what is inside.
// The banner holds a digest of the sources, so that a test without Node can tell a stale bundle.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/chokepoint/report/static");
const sources = [...readdirSync(join(here, "src")).map((name) => join("src", name)), "package.json"].sort();

const digest = createHash("sha256");
for (const name of sources) digest.update(name).update("\0").update(readFileSync(join(here, name))).update("\0");
const banner = `/* chokepoint page, sources ${digest.digest("hex")}; licences in page.js.LICENSES.txt */`;

const built = await build({
  entryPoints: [join(here, "src/main.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  absWorkingDir: here,
  write: false,
});
const script = built.outputFiles[0].text;
if (/<\/script|<!--/i.test(script)) throw new Error("the bundle would end the script element that holds it");
writeFileSync(join(target, "page.js"), `${banner}\n${script}`);

const style = await transform(readFileSync(join(here, "src/page.css"), "utf8"), { loader: "css", minify: true });
writeFileSync(join(target, "page.css"), `${banner}\n${style.code}`);

const packages = new Set(
  Object.keys(built.metafile.inputs)
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean),
);
const licences = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `(the package ships no licence file; it declares ${license})`;
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(
  join(target, "page.js.LICENSES.txt"),
  `page.js contains code of the following packages.\n\n${licences.join(`\n${"-".repeat(78)}\n\n`)}`,
);
console.log(`page.js ${script.length} bytes, page.css ${style.code.length} bytes, ${packages.size} packages`);
for (const [path, { bytesInOutput }] of Object.entries(Object.values(built.metafile.outputs)[0].inputs)
  .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
  .slice(0, process.argv.includes("--sizes") ? 20 : 0))
  console.log(bytesInOutput, relative(here, path));
