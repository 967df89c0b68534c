import assert from "node:assert/strict";
import { test } from "node:test";

import { folded, isFound } from "../../../../static/js/ui/people/people-search.js";

test("case and accents do not matter, on either side", () => {
  for (const query of ["zoe", "ZOË", "Zoé", "oe"]) assert.equal(isFound(query, "Zoë"), true, query);
  for (const query of ["łukasz", "lukasz", "LUKASZ"]) assert.equal(isFound(query, "Łukasz"), true, query);
  assert.equal(isFound("strasse", "Straße"), true);
  assert.equal(isFound("Ada", "ＡＤＡ"), true);
});

test("every word is somewhere in the name, in any order", () => {
  assert.equal(isFound("hop gra", "Grace Hopper"), true);
  assert.equal(isFound("grace k", "Grace Hopper"), false);
});

test("nothing asked for finds everybody, and unknown scripts are themselves", () => {
  assert.equal(isFound("", "Ada"), true);
  assert.equal(isFound("ада", "Ада"), true);
  assert.equal(folded("Ἀθηνᾶ"), "αθηνα");
});
