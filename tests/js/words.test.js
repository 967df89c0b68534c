import assert from "node:assert/strict";
import { test } from "node:test";

import { formatLength, formatList, formatPercent } from "../../static/js/formats.js";
import { gettext, ngettext } from "../../static/js/words.js";

test("without a catalogue the words stay as they are", () => {
  assert.equal(gettext("{name} joined", { name: "Ada" }), "Ada joined");
});

test("one and many have words of their own", () => {
  const said = (/** @type {number} */ count) =>
    ngettext("{count} message from {name}", "{count} messages from {name}", count, { name: "Ada" });
  assert.deepEqual([0, 1, 2, 1234].map(said), [
    "0 messages from Ada",
    "1 message from Ada",
    "2 messages from Ada",
    "1,234 messages from Ada",
  ]);
});

test("a name that looks like a place for another stays a name", () => {
  assert.equal(gettext("{name} wrote to {other}", { name: "{other}", other: "$&" }), "{other} wrote to $&");
  assert.equal(gettext("what {nobody} gave", {}), "what {nobody} gave");
});

test("lists, shares and lengths of time are written out", () => {
  assert.equal(formatList(["Ada"]), "Ada");
  assert.equal(formatList(["Ada", "Grace", "Joan"]), "Ada, Grace, and Joan");
  assert.equal(formatPercent(0.85), "85%");
  assert.deepEqual([-3, 0, 1, 59.2, 60, 3600, 3660, 7325].map(formatLength), [
    "0 seconds",
    "0 seconds",
    "1 second",
    "59 seconds",
    "1 minute",
    "1 hour",
    "1 hour, 1 minute",
    "2 hours, 2 minutes",
  ]);
});

/** What a page of that language has before the modules run, and what the modules make of it. @param {string} language */
async function inGerman(language) {
  const page = { documentElement: { lang: "de" } };
  /** @type {Record<string, string | string[]>} */
  const catalog = { "{name} joined": "{name} ist da", "{count} message": ["{count} Nachricht", "{count} Nachrichten"] };
  const django = {
    gettext: (/** @type {string} */ message) => catalog[message] ?? message,
    ngettext: (/** @type {string} */ one, /** @type {string} */ _many, /** @type {number} */ count) =>
      catalog[one]?.[count === 1 ? 0 : 1],
  };
  const kept = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.assign(globalThis, { django, document: page });
  Object.defineProperty(globalThis, "navigator", { value: { languages: ["en-GB", language] }, configurable: true });
  try {
    return await import(`../../static/js/words.js?${language}`);
  } finally {
    for (const name of ["django", "document", "navigator"]) Reflect.deleteProperty(globalThis, name);
    if (kept) Object.defineProperty(globalThis, "navigator", kept);
  }
}

test("with a catalogue the words are those of the page's language, and figures those of the reader's region", async () => {
  const words = await inGerman("de-DE");
  assert.equal(words.gettext("{name} joined", { name: "Ada" }), "Ada ist da");
  assert.equal(words.ngettext("{count} message", "{count} messages", 1), "1 Nachricht");
  assert.equal(words.ngettext("{count} message", "{count} messages", 4321), "4.321 Nachrichten");
  assert.equal(words.locale, "de-DE");
  assert.equal((await inGerman("fr")).locale, "de");
});
