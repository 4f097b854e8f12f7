// Bring what the pages borrow from others into the repository: `make assets`.
//
// Writes, and nothing else does:
//   sertakan/web/static/vendor/   Tabler's CSS purged to the classes our templates use, the
//                                 typeface cut to our letters, HTMX, the part of ECharts that
//                                 our charts use, and their licences
//   sertakan/web/icons/           the Tabler icons that our templates name
//   sertakan/documents/fonts/     the typeface whole, in the three weights that PDFs use
//   tests/web/vendor/             axe-core, which judges the pages in the tests
//
// Run it again whenever a template uses a class or an icon that no template used before; a test
// says so. The same inputs give the same bytes.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { browserslistToTargets, transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const WEB = join(ROOT, "sertakan", "web");
const OUT = join(WEB, "static", "vendor");
const ICONS = join(WEB, "icons");
const FONTS = join(ROOT, "sertakan", "documents", "fonts");
const TESTS = join(ROOT, "tests", "web", "vendor");
const PACKAGES = join(HERE, "node_modules");

const version = (name) =>
  JSON.parse(readFileSync(join(PACKAGES, name, "package.json"), "utf8")).version;
const read = (...path) => readFileSync(join(...path), "utf8");

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function filesUnder(folder, endings) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const TEMPLATES = filesUnder(join(WEB, "templates"), [".html", ".svg"]);
const PYTHON = filesUnder(WEB, [".py"]);
const SOURCES = [...TEMPLATES, ...PYTHON];

// ---- Tabler's CSS -------------------------------------------------------------------------

const CLASS = /class(?:Name)?["']?\s*[=:]\s*(["'])([\s\S]*?)\1/g;
const ELEMENT = /<([a-z][a-z0-9]*)/g;
const TEMPLATE_TAG = /\{[%{#][\s\S]*?[%}#]\}/g;

/** The classes and elements of one of our files, and no word of its prose. */
function used(text) {
  const names = new Set(["html", "body", "root"]);
  for (const [, , value] of text.replace(TEMPLATE_TAG, " ").matchAll(CLASS))
    for (const name of value.split(/\s+/)) if (name) names.add(name);
  for (const [, name] of text.matchAll(ELEMENT)) names.add(name);
  return [...names];
}

/** The dark rules follow the reader's system instead of an attribute that a script would set. */
function followTheSystem(css) {
  const DARK = "[data-bs-theme=dark]";
  const BY_SCRIPT = /\[data-(bs-)?[a-z-]+|\.theme-dark|:host|\[dir=rtl\]|:dir\(rtl\)|^\.icon-tabler/;
  const tree = postcss.parse(css);
  tree.walkComments((comment) => comment.remove());
  tree.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes$/.test(rule.parent.name)) return;
    const dark = rule.selectors.find((selector) => selector.startsWith(DARK));
    if (dark) {
      rule.selectors = [dark.slice(DARK.length).trim() || ":root"];
      rule.walkDecls("color-scheme", (declaration) => declaration.remove());
      const media = postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
      rule.replaceWith(media);
      media.append(rule);
      return;
    }
    const kept = rule.selectors.filter((selector) => !BY_SCRIPT.test(selector));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
    rule.walkDecls("color-scheme", (declaration) => {
      if (rule.selectors.includes(":root")) declaration.value = "light dark";
    });
  });
  return tree.toString();
}

/** No pictures inside the CSS: our policy refuses them, and our theme draws its own marks. */
function withoutPictures(css) {
  const tree = postcss.parse(css);
  tree.walkDecls((declaration) => {
    declaration.value = declaration.value.replace(/url\((["']?)data:.*?\1\)/g, "none");
  });
  return tree.toString();
}

async function purged(css) {
  const ours = filesUnder(join(WEB, "static"), [".css"])
    .filter((file) => !file.startsWith(OUT))
    .map((file) => read(file))
    .join("\n");
  const [result] = await new PurgeCSS().purge({
    content: SOURCES.map((file) => ({ raw: read(file), extension: "source" })),
    css: [{ raw: css }],
    extractors: [{ extensions: ["source"], extractor: used }],
    variables: true,
    keyframes: true,
    fontFace: true,
    safelist: { variables: ours.match(/--tblr-[a-z0-9-]+/g) ?? [] },
  });
  return result.css;
}

async function tabler() {
  const source = read(PACKAGES, "@tabler/core/dist/css/tabler.css");
  const css = await purged(followTheSystem(withoutPictures(source)));
  const { code } = transform({
    filename: "tabler.css",
    code: Buffer.from(css),
    minify: true,
    targets: browserslistToTargets(["chrome 99", "safari 15.4", "firefox 97"]),
  });
  const banner =
    `/*! Tabler ${version("@tabler/core")}, on Bootstrap: MIT, see LICENSE-tabler.txt and ` +
    "LICENSE-bootstrap.txt. Purged by tools/vendor/vendor.mjs; do not edit. */\n";
  writeFileSync(join(OUT, "tabler.css"), banner + code + "\n");
}

// ---- Typeface -----------------------------------------------------------------------------

/** What Indonesian, English and the names of sponsors are written with. */
function letters() {
  const range = (from, to) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
  return range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”•…→←↓↑≤≥−×";
}

async function typeface() {
  const name = "@fontsource-variable/plus-jakarta-sans";
  const whole = readFileSync(
    join(PACKAGES, name, "files", "plus-jakarta-sans-latin-wght-normal.woff2"),
  );
  const cut = await subsetFont(whole, letters(), {
    targetFormat: "woff2",
    keepFeatures: ["ccmp", "kern", "liga", "locl", "mark", "tnum"],
    variationAxes: { wght: { min: 400, max: 700 } },
    preserveNameIds: [0, 13, 14],
    noHinting: true,
  });
  writeFileSync(join(OUT, "plus-jakarta-sans.woff2"), cut);
}

// ---- Typeface of the PDFs -----------------------------------------------------------------

const TTF = "@expo-google-fonts/plus-jakarta-sans";
const WEIGHTS = ["400Regular", "600SemiBold", "700Bold"];

/** Typst reads TrueType and no woff2, and one file a weight; letters are cut in each PDF. */
function typefaceOfDocuments() {
  for (const weight of WEIGHTS) {
    const file = `PlusJakartaSans_${weight}.ttf`;
    writeFileSync(join(FONTS, file), readFileSync(join(PACKAGES, TTF, weight, file)));
  }
  writeFileSync(join(FONTS, "LICENSE-plus-jakarta-sans.txt"), read(PACKAGES, TTF, "LICENSE_FONT"));
  writeFileSync(join(FONTS, "THIRD_PARTY.txt"), noticeOfDocuments());
}

const noticeOfDocuments = () => `What the PDFs borrow from others
Written by tools/vendor/vendor.mjs ("make assets") from the package of npm named here.

${WEIGHTS.map((weight) => `PlusJakartaSans_${weight}.ttf`).join("\n")}
  from      ${TTF} ${version(TTF)}
  licence   SIL Open Font License 1.1: LICENSE-plus-jakarta-sans.txt
  changed   nothing
`;

// ---- Icons --------------------------------------------------------------------------------

const ICON = /(?:\{%\s*icon\s+|\bicon\(|icon=)["']([a-z0-9-]+)["']/g;

function icons() {
  const names = new Set(SOURCES.flatMap((file) => [...read(file).matchAll(ICON)].map((m) => m[1])));
  for (const name of [...names].sort()) {
    const shapes = read(PACKAGES, "@tabler/icons/icons/outline", `${name}.svg`)
      .replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
      .replace(/<path stroke="none"[^>]*\/>/, "")
      .replace(/\s*\n\s*/g, "")
      .replace(/ \/>/g, "/>");
    writeFileSync(join(ICONS, `${name}.svg`), shapes + "\n");
  }
}

// ---- Scripts ------------------------------------------------------------------------------

async function scripts() {
  const banner = (name, licence) =>
    `/*! ${name} ${version(name)}: ${licence}. Written by tools/vendor/vendor.mjs; do not edit. */\n`;
  const htmx = read(PACKAGES, "htmx.org/dist/htmx.min.js").trim();
  writeFileSync(
    join(OUT, "htmx.min.js"),
    banner("htmx.org", "Zero-Clause BSD, see LICENSE-htmx.txt") + htmx + "\n",
  );
  await build({
    entryPoints: [join(HERE, "echarts.mjs")],
    outfile: join(OUT, "echarts.min.js"),
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "echarts",
    target: ["chrome99", "safari15.4", "firefox97"],
    legalComments: "none",
    logLevel: "warning",
    banner: { js: banner("echarts", "Apache-2.0, see LICENSE-echarts.txt").trim() },
  });
}

/** Of all that is built into echarts.min.js: ECharts with its notice, and what it stands on. */
function echartsLicences() {
  writeFileSync(join(OUT, "NOTICE-echarts.txt"), read(PACKAGES, "echarts/NOTICE") + "\n");
  writeFileSync(
    join(OUT, "LICENSE-echarts.txt"),
    [
      read(PACKAGES, "echarts/LICENSE"),
      "d3, parts of which are in ECharts:\n\n" + read(PACKAGES, "echarts/licenses/LICENSE-d3"),
      "zrender:\n\n" + read(PACKAGES, "zrender/LICENSE"),
      "tslib:\n\n" + read(PACKAGES, "tslib/LICENSE.txt"),
    ]
      .map((text) => text.trim())
      .join("\n\n" + "-".repeat(78) + "\n\n") + "\n",
  );
}

// ---- Licences -----------------------------------------------------------------------------

const TABLER_COPYRIGHT = /Copyright 2018-\d{4} [^\n]+/g;

function licences() {
  const mit = read(PACKAGES, "bootstrap/LICENSE");
  const tablerLines = read(PACKAGES, "@tabler/core/dist/css/tabler.css").match(TABLER_COPYRIGHT);
  writeFileSync(join(OUT, "LICENSE-bootstrap.txt"), mit);
  writeFileSync(
    join(OUT, "LICENSE-tabler.txt"),
    mit.replace(/^Copyright .*$/m, tablerLines.slice(0, 2).join("\n")),
  );
  writeFileSync(join(OUT, "LICENSE-tabler-icons.txt"), read(PACKAGES, "@tabler/icons/LICENSE"));
  writeFileSync(
    join(OUT, "LICENSE-plus-jakarta-sans.txt"),
    read(PACKAGES, "@fontsource-variable/plus-jakarta-sans/LICENSE"),
  );
  writeFileSync(join(OUT, "LICENSE-htmx.txt"), read(PACKAGES, "htmx.org/LICENSE"));
  echartsLicences();
  writeFileSync(join(TESTS, "LICENSE-axe-core.txt"), read(PACKAGES, "axe-core/LICENSE"));
  writeFileSync(join(OUT, "THIRD_PARTY.txt"), notice());
}

const notice = () => `What the pages borrow from others
Written by tools/vendor/vendor.mjs ("make assets") from the packages of npm named here.

tabler.css
  from      @tabler/core ${version("@tabler/core")}, built on Bootstrap ${version("bootstrap").split(".")[0]}
  licence   MIT: LICENSE-tabler.txt, LICENSE-bootstrap.txt
  changed   rules that no template uses removed; dark rules follow the reader's system;
            written for older browsers; minified

plus-jakarta-sans.woff2
  from      @fontsource-variable/plus-jakarta-sans ${version("@fontsource-variable/plus-jakarta-sans")}
  licence   SIL Open Font License 1.1: LICENSE-plus-jakarta-sans.txt
  changed   cut to Latin-1 and some signs, weights 400 to 700

htmx.min.js
  from      htmx.org ${version("htmx.org")}
  licence   Zero-Clause BSD: LICENSE-htmx.txt
  changed   nothing

echarts.min.js
  from      echarts ${version("echarts")}, with zrender ${version("zrender")} and tslib ${version("tslib")}
  licence   Apache License 2.0: LICENSE-echarts.txt (zrender: BSD 3-Clause; tslib: 0BSD),
            NOTICE-echarts.txt
  changed   only lines, bars, grid, tooltip, legend, descriptions and the SVG renderer; minified

Icons, drawn into the pages
  from      @tabler/icons ${version("@tabler/icons")}
  licence   MIT: LICENSE-tabler-icons.txt
  changed   the frame is written by a template tag of ours
`;

for (const folder of [OUT, ICONS, FONTS, TESTS]) emptied(folder);
await tabler();
await typeface();
typefaceOfDocuments();
await scripts();
icons();
licences();
writeFileSync(join(TESTS, "axe.min.js"), read(PACKAGES, "axe-core/axe.min.js"));
for (const folder of [OUT, ICONS, FONTS, TESTS])
  for (const file of filesUnder(folder, [""]))
    console.log(relative(ROOT, file), readFileSync(file).length);
