// Headless Chromium, kept running with one page: a job a line on standard input, how long each card took on output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, program] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")).href)).default;
const browser = await puppeteer.launch({ executablePath: program, headless: true, args: ["--no-sandbox", "--hide-scrollbars"] });
const page = await browser.newPage();

const face = (family, pkg, weight) => {
  const data = readFileSync(join(folder, `node_modules/@fontsource/${pkg}/files/${pkg}-latin-${weight}-normal.woff2`));
  return `@font-face{font-family:${family};font-weight:${weight};src:url(data:font/woff2;base64,${data.toString("base64")})}`;
};
const faces = [face("Quote", "source-serif-4", 500), ...[400, 500, 600].map((weight) => face("Sans", "inter", weight))].join("");

await page.setContent(`<!doctype html><meta charset="utf-8"><style>${faces}
body{margin:0}
.card{position:relative;overflow:hidden;color:#f7f3e9}
.mark{position:absolute;left:90px;top:40px;font:500 220px/1 Quote;color:#e9c46a}
.box{position:absolute;left:96px;top:236px;display:flex;align-items:center}
.quote{font-family:Quote;font-weight:500;line-height:1.24;text-wrap:balance}
.who{position:absolute;left:96px;bottom:92px;font-family:Sans}
.bar{width:72px;height:6px;background:#e9c46a;margin-bottom:18px}
.name{font-size:34px;font-weight:600;line-height:1.3}
.role{font-size:26px;opacity:.8;line-height:1.4}
.outlet{position:absolute;right:96px;bottom:92px;font:500 26px/1.4 Sans;color:#e9c46a}
</style><div class="card"><div class="mark">“</div><div class="box"><div class="quote"></div></div>
<div class="who"><div class="bar"></div><div class="name"></div><div class="role"></div></div><div class="outlet"></div></div>`);

let shape = "";
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  if (shape !== `${job.width} ${job.height}`) {
    await page.setViewport({ width: job.width, height: job.height });
    shape = `${job.width} ${job.height}`;
  }
  const start = performance.now();
  await page.evaluate((card) => {
    const find = (name) => document.querySelector(name);
    const scrim = "linear-gradient(180deg, rgba(0,0,0,.43), rgba(0,0,0,.75))";
    const ground = card.photo ? `${scrim}, url("${card.photo}") center / cover` : "linear-gradient(135deg, #14213d, #274c77)";
    Object.assign(find(".card").style, { width: `${card.width}px`, height: `${card.height}px`, background: ground });
    Object.assign(find(".box").style, { width: `${card.width - 192}px`, height: `${card.height - 520}px` });
    find(".quote").style.fontSize = `${card.size}px`;
    find(".quote").textContent = card.quote;
    for (const [name, text] of [[".name", card.speaker], [".role", card.role], [".outlet", card.outlet]]) find(name).textContent = text;
    return document.fonts.ready.then(() => true);
  }, job);
  const data = await page.screenshot({ type: job.type ?? "png", quality: job.type === "jpeg" ? 90 : undefined });
  const took = performance.now() - start;
  console.log(JSON.stringify({ milliseconds: took, bytes: data.length, data: job.keep ? Buffer.from(data).toString("base64") : "" }));
}
await browser.close();
