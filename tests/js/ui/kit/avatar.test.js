import assert from "node:assert/strict";
import { test } from "node:test";
import { avatarColour, initials } from "../../../../static/js/ui/kit/avatar.js";

test("it makes initials from any name", () => {
  const cases = {
    "Ada Lovelace": "AL",
    grace: "G",
    "jean-luc picard": "JP",
    "🙂": "🙂",
    "  ": "?",
    "Ada 2": "A2",
    Łukasz: "Ł",
    "👩🏽‍💻 🙂": "👩🏽‍💻",
    "🇩🇪": "🇩🇪",
    "e\u0301mile o\u0308zil": "E\u0301O\u0308",
    "किरण शर्मा": "किश",
    นีน่า: "นี",
    "ß-Straße": "ßS",
    "1️⃣ Ada": "1️⃣A",
    "👩‍💻 Ada": "A",
  };
  for (const [name, expected] of Object.entries(cases)) assert.equal(initials(name), expected);
});

test("a name always has the same colour", () => {
  assert.equal(avatarColour("Ada"), avatarColour("Ada"));
  for (const name of ["", "Ada", "李", "🙂🙂"]) assert.ok(avatarColour(name) >= 0 && avatarColour(name) < 8);
});
