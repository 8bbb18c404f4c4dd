// @vercel/og, kept running: a job a line on standard input, how long each card took on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = process.argv[2]; // where the packages were installed
const require = createRequire(join(folder, "package.json"));
globalThis.require = require; // its harfbuzz asks for both, as a bundler would give them
globalThis.__dirname = dirname(require.resolve("harfbuzzjs"));
const { ImageResponse } = await import(pathToFileURL(require.resolve("@vercel/og")).href);

const font = (pkg, weight) => readFileSync(join(folder, `node_modules/@fontsource/${pkg}/files/${pkg}-latin-${weight}-normal.woff`));
const fonts = [
  { name: "Serif", data: font("source-serif-4", 500), weight: 500, style: "normal" },
  ...[400, 500, 600].map((weight) => ({ name: "Sans", data: font("inter", weight), weight, style: "normal" })),
];

const box = (style, ...children) => ({ type: "div", props: { style: { display: "flex", ...style }, children: children.length === 1 ? children[0] : children } });

function card({ quote, speaker, role, outlet, width, height, size, photo }) {
  const ground = photo
    ? { backgroundImage: `linear-gradient(180deg, rgba(0,0,0,.43), rgba(0,0,0,.75)), url(${photo})`, backgroundSize: `${width}px ${height}px` }
    : { backgroundImage: "linear-gradient(135deg, #14213d, #274c77)" };
  return box(
    { position: "relative", width, height, color: "#f7f3e9", ...ground },
    box({ position: "absolute", left: 90, top: 40, fontFamily: "Serif", fontWeight: 500, fontSize: 220, lineHeight: 1, color: "#e9c46a" }, "“"),
    box({ position: "absolute", left: 96, top: 236, width: width - 192, height: height - 520, alignItems: "center" },
      box({ fontFamily: "Serif", fontWeight: 500, fontSize: size, lineHeight: 1.24, textWrap: "balance" }, quote)),
    box({ position: "absolute", left: 96, bottom: 92, flexDirection: "column", fontFamily: "Sans" },
      box({ width: 72, height: 6, backgroundColor: "#e9c46a", marginBottom: 18 }),
      box({ fontSize: 34, fontWeight: 600, lineHeight: 1.3 }, speaker),
      box({ fontSize: 26, fontWeight: 400, opacity: 0.8, lineHeight: 1.4 }, role)),
    box({ position: "absolute", right: 96, bottom: 92, fontFamily: "Sans", fontSize: 26, fontWeight: 500, color: "#e9c46a", lineHeight: 1.4 }, outlet),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  const start = performance.now();
  const answer = new ImageResponse(card(job), { width: job.width, height: job.height, fonts });
  const data = Buffer.from(await answer.arrayBuffer());
  const took = performance.now() - start;
  console.log(JSON.stringify({ milliseconds: took, bytes: data.length, data: job.keep ? data.toString("base64") : "" }));
}
