import assert from "node:assert/strict";
import { test } from "node:test";

import { folded, matchesName } from "../../../../static/js/ui/people/people-search.js";

test("case and accents do not matter, on either side", () => {
  for (const query of ["zoe", "ZOË", "Zoé", "oe"]) assert.equal(matchesName(query, "Zoë"), true, query);
  for (const query of ["łukasz", "lukasz", "LUKASZ"]) assert.equal(matchesName(query, "Łukasz"), true, query);
  assert.equal(matchesName("strasse", "Straße"), true);
  assert.equal(matchesName("Ada", "ＡＤＡ"), true);
});

test("every word is somewhere in the name, in any order", () => {
  assert.equal(matchesName("hop gra", "Grace Hopper"), true);
  assert.equal(matchesName("grace k", "Grace Hopper"), false);
});

test("nothing asked for finds everybody, and unknown scripts are themselves", () => {
  assert.equal(matchesName("", "Ada"), true);
  assert.equal(matchesName("ада", "Ада"), true);
  assert.equal(folded("Ἀθηνᾶ"), "αθηνα");
});
