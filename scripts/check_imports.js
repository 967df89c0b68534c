/**
 * Checks the direction of imports between the folders of static/js, and that no modules import each other in a circle.
 *
 * JSDoc types (`@import` and `import()`) count as imports: a type that points upward ties two floors together as
 * firmly as a call does. Linters and dependency-cruiser do not see them in plain JavaScript (dependency-cruiser only
 * with the API of TypeScript 6 and older), so the check is made here.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "static", "js");
const IMPORT = /(?:\bfrom |\bimport )"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/g;

const GROUND = ".";
const CALL = [GROUND, "call", "call/chat"];
const PART_OF_UI = [...CALL, "media", "ui/kit"];
const UI = ["ui/chat", "ui/controls", "ui/entry", "ui/kit", "ui/notices", "ui/people", "ui/stage"];

/**
 * What the modules of each folder may import besides their own folder: other folders, or single modules of them.
 * @type {Record<string, readonly string[]>}
 */
const MAY_IMPORT = {
  [GROUND]: [],
  media: [GROUND],
  call: CALL,
  "call/chat": CALL,
  // A transport knows the contract that it fulfils and nothing else of the meeting.
  "call/webrtc": [GROUND, "call/transport.js"],
  "ui/kit": [GROUND],
  "ui/chat": PART_OF_UI,
  "ui/controls": PART_OF_UI,
  "ui/entry": PART_OF_UI,
  "ui/notices": PART_OF_UI,
  "ui/people": PART_OF_UI,
  "ui/stage": PART_OF_UI,
  "pages/room": [...CALL, ...UI, "media"],
  // Only the entry of a page chooses a transport.
  pages: [...CALL, ...UI, "media", "pages/room", "call/webrtc/mesh.js"],
};

/** @returns {Map<string, string[]>} module -> modules that it imports, by paths below static/js */
function importGraph() {
  const paths = readdirSync(ROOT, { recursive: true }).map((path) => String(path).replaceAll("\\", "/"));
  return new Map(paths.filter((path) => path.endsWith(".js")).map((path) => [path, importsOf(path)]));
}

/** @param {string} path */
function importsOf(path) {
  const text = readFileSync(join(ROOT, path), "utf8");
  const found = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? "");
  return [...new Set(found.map((relative) => posix.join(posix.dirname(path), relative)))];
}

/** @param {string} from @param {string} to @returns {string | null} what is wrong with this import */
function problemOf(from, to) {
  const folder = posix.dirname(from);
  const allowed = MAY_IMPORT[folder];
  if (allowed === undefined) return `${from}: the folder ${folder} has no entry in MAY_IMPORT`;
  const fine = posix.dirname(to) === folder || allowed.includes(posix.dirname(to)) || allowed.includes(to);
  return fine ? null : `${from} must not import ${to}`;
}

/** @param {Map<string, string[]>} graph @returns {string[]} one circle, or nothing */
function circleIn(graph) {
  const done = new Set();
  /** @type {string[]} */
  const above = [];
  /** @param {string} path @returns {string[]} */
  const walk = (path) => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return [];
    above.push(path);
    for (const next of graph.get(path) ?? []) {
      const circle = walk(next);
      if (circle.length > 0) return circle;
    }
    above.pop();
    done.add(path);
    return [];
  };
  return [...graph.keys()].map(walk).find((circle) => circle.length > 0) ?? [];
}

const graph = importGraph();
const problems = [...graph].flatMap(([from, imported]) => imported.map((to) => problemOf(from, to)));
const circle = circleIn(graph);
const report = problems.filter((problem) => problem !== null);
if (circle.length > 0) report.push(`Circle: ${circle.join(" -> ")}`);
for (const line of report) console.error(line);
process.exitCode = report.length > 0 ? 1 : 0;
