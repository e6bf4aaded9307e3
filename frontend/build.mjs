// Builds everything the pages need into src/runde/web/assets/built. Run through `npm run build` or frontend/build.py.
// No figure or text lives here: the theme comes from theme/, the look from css/, the behaviour from js/.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const packages = join(root, "node_modules");
const work = join(packages, ".cache", "runde-theme");
const built = join(root, "src", "runde", "web", "assets", "built");

/** Colours, sizes and type of the Runde theme, made from theme/designsystemet.config.json. */
async function makeTheme() {
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const config = JSON.parse(await readFile(join(here, "theme", "designsystemet.config.json"), "utf8"));
  await writeFile(join(work, "config.json"), JSON.stringify({ ...config, outDir: "./tokens", clean: true }));
  const tool = join(packages, "@digdir", "designsystemet", "dist", "bin", "designsystemet.js");
  const run = (...options) => execFileSync(process.execPath, [tool, "tokens", ...options], { cwd: work, stdio: "pipe" });
  run("create", "--config", "config.json");
  run("build", "--tokens", "tokens", "--out-dir", "theme", "--config", "config.json");
}

/** One style sheet and one script; the fonts keep their names so that the static file storage can hash them. */
async function bundle() {
  await build({
    absWorkingDir: here,
    entryPoints: { runde: "css/runde.css" },
    outdir: built,
    bundle: true,
    minify: true,
    external: ["*.woff2"],
    alias: { "runde-theme": join(work, "theme", "runde.css") },
    logLevel: "warning",
  });
  await build({
    absWorkingDir: here,
    entryPoints: { runde: "js/runde.js" },
    outdir: built,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
  });
}

/** Variable Inter for screens, static Inter for the letters' typesetter (it cannot read variable fonts). */
async function copyFonts() {
  const screen = join(packages, "@fontsource-variable", "inter", "files");
  const print = join(packages, "@expo-google-fonts", "inter");
  await mkdir(join(built, "fonts"), { recursive: true });
  await cp(join(screen, "inter-latin-wght-normal.woff2"), join(built, "fonts", "inter.woff2"));
  await cp(join(screen, "inter-latin-ext-wght-normal.woff2"), join(built, "fonts", "inter-ext.woff2"));
  for (const weight of ["400Regular", "600SemiBold", "700Bold"]) {
    await cp(join(print, weight, `Inter_${weight}.ttf`), join(built, "fonts", `Inter-${weight.slice(3)}.ttf`));
  }
  await cp(join(print, "LICENSE_FONT"), join(built, "fonts", "LICENSE.txt"));
}

/** One sprite with the icons on the list; a name that the icon package lacks stops the build. */
async function makeSprite() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(async (name) => {
    const svg = await readFile(join(packages, "@navikt", "aksel-icons", "dist", "svg", `${name}.svg`), "utf8");
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside}</symbol>`;
  }));
  await writeFile(join(built, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await makeTheme();
await Promise.all([bundle(), copyFonts(), makeSprite()]);
for (const image of ["mark.svg", "favicon.svg"]) await cp(join(here, "images", image), join(built, image));
