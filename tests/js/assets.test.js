import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "../..");
const scripts = join(project, "static/js");

/** @param {string} file @param {Set<string>} found @returns {Set<string>} everything it imports, deeply */
function reached(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";/gm)) {
    reached(join(dirname(file), /** @type {string} */ (path)), found);
  }
  return found;
}

/** @param {string} text @param {RegExp} pattern */
function names(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => /** @type {string} */ (match[1])).sort();
}

test("it preloads exactly the modules that the room's page uses", () => {
  const listed = names(readFileSync(join(project, "templates/rooms/_assets.html"), "utf8"), /modulepreload.*?'js\/([^']+)'/g);
  const used = [...reached(join(scripts, "pages/room.js"))].map((file) => relative(scripts, file));
  assert.deepEqual(listed, used.filter((name) => name !== "pages/room.js").sort());
});
