// Builds what liant-server embeds: one style sheet, one script, the font, the icon. Each is written to ../built under a name that
// carries its fingerprint, with its brotli and gzip forms; ../src/assets/table.rs lists them. `npm ci && npm run build`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = new URL(".", import.meta.url);
const text = (path) => readFileSync(new URL(path, here), "utf8");
const built = new URL("built/", here);

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });

const entries = [];

/** Writes one file, with its compressed forms when they serve; returns its public name. */
function keep(role, stem, extension, mime, bytes) {
  const fingerprint = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const name = `${stem}-${fingerprint}.${extension}`;
  writeFileSync(new URL(name, built), bytes);
  const squeeze = extension !== "woff2";
  if (squeeze) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeFileSync(new URL(`${name}.br`, built), brotliCompressSync(bytes, { params }));
    writeFileSync(new URL(`${name}.gz`, built), gzipSync(bytes, { level: 9 }));
  }
  entries.push({ role, name, mime, squeeze });
  return name;
}

const font = readFileSync(
  new URL(
    "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    here,
  ),
);
const fontName = keep("FONT", "atkinson", "woff2", "font/woff2", font);
keep("ICON", "liant", "svg", "image/svg+xml", Buffer.from(text("src/liant.svg")));

const govuk = compile(new URL("src/govuk.scss", here).pathname, {
  loadPaths: [new URL("node_modules", here).pathname],
  silenceDeprecations: [],
  quietDeps: true,
}).css;
/** One of our style sheets, when it stands by itself: a brace left open would take the next one with it. */
async function sheet(name) {
  const source = text(`src/${name}.css`);
  const { warnings } = await transform(source, { loader: "css", sourcefile: `src/${name}.css` });
  for (const { text: what, location } of warnings) console.error(`${location.file}:${location.line}: ${what}`);
  if (warnings.length > 0) process.exit(1);
  return source;
}
const sheets = [];
for (const name of ["tokens", "layout", "components", "home", "accounts", "people", "casework", "print"]) sheets.push(await sheet(name));
const own = sheets.join("\n");
const css = `${govuk}\n${own.replaceAll("FONT_URL", fontName)}`;
const minified = await transform(css, { loader: "css", minify: true, target: ["chrome111", "firefox115", "safari16.4"] });
keep("STYLE", "liant", "css", "text/css; charset=utf-8", Buffer.from(minified.code));

const script = await build({
  entryPoints: [new URL("src/liant.js", here).pathname],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  legalComments: "none",
  write: false,
});
keep("SCRIPT", "liant", "js", "text/javascript; charset=utf-8", Buffer.from(script.outputFiles[0].contents));

// The licences of what is built in, shown by no page but kept beside it.
const licences = ["htmx.org/LICENSE", "@fontsource-variable/atkinson-hyperlegible-next/LICENSE"]
  .map((path) => `${path}\n\n${text(`node_modules/${path}`)}`)
  .join("\n\n");
// govuk-frontend ships without the text of its licence.
const govukLicence = "govuk-frontend\n\nThe MIT License (MIT), copyright (c) 2017 Crown Copyright (Government Digital Service)\n\n";
writeFileSync(new URL("LICENSES.txt", built), govukLicence + licences);

/** The fingerprint of all that a build is made from: a test compares it, so that nobody forgets to build. */
const sources = ["build.mjs", "package.json", "package-lock.json", ...readdirSync(new URL("src", here)).map((name) => `src/${name}`)].sort();
const digest = createHash("sha256");
for (const path of sources) digest.update(`${path}\n`).update(readFileSync(new URL(path, here)));

const rust = entries.map(({ role, name, mime, squeeze }) => {
  const bytes = (suffix) => `include_bytes!("../../assets/built/${name}${suffix}")`;
  const form = (suffix) => (squeeze ? `Some(${bytes(suffix)})` : "None");
  return `/// \`${name}\`
pub(crate) const ${role}: Asset = Asset {
    name: "${name}",
    path: "/assets/${name}",
    mime: "${mime}",
    plain: ${bytes("")},
    brotli: ${form(".br")},
    gzip: ${form(".gz")},
};`;
});
writeFileSync(
  new URL("../src/assets/table.rs", here),
  `//! Written by \`npm run build\` in crates/liant-server/assets: do not edit.

use super::Asset;

${rust.join("\n\n")}

/// All of them.
pub(crate) const ALL: [&Asset; ${entries.length}] = [${entries.map(({ role }) => `&${role}`).join(", ")}];

/// The SHA-256 of the sources they were built from.
#[cfg(test)]
pub(super) const SOURCES: &str = "${digest.digest("hex")}";
`,
);
for (const { name, squeeze } of entries) {
  const size = (suffix) => readFileSync(new URL(name + suffix, built)).length;
  console.log(name, size(""), squeeze ? `br ${size(".br")} gz ${size(".gz")}` : "");
}
