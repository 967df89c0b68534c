import assert from "node:assert/strict";
import { test } from "node:test";
import { linkify } from "../../../../static/js/ui/chat/linkify.js";

test("it links web addresses and leaves the sentence around them", () => {
  assert.deepEqual(linkify("See https://example.org/a?b=1, please."), [
    { text: "See " },
    { text: "https://example.org/a?b=1", href: "https://example.org/a?b=1" },
    { text: ", please." },
  ]);
});

test("it keeps a bracket that the address opened", () => {
  assert.equal(linkify("https://example.org/x_(y)")[0]?.text, "https://example.org/x_(y)");
  assert.equal(linkify("(https://example.org/x)")[1]?.text, "https://example.org/x");
});

test("it links addresses of mail, with or without mailto:", () => {
  assert.deepEqual(linkify("Ask ada.l+x@mail.example.org.").slice(1), [
    { text: "ada.l+x@mail.example.org", href: "mailto:ada.l+x@mail.example.org" },
    { text: "." },
  ]);
  assert.equal(linkify("mailto:ada@example.org")[0]?.href, "mailto:ada@example.org");
  assert.ok(linkify("@ada me@ ada@home 5@2").every((piece) => piece.href === undefined));
});

test("an address ends where the direction of writing is turned", () => {
  assert.equal(linkify("https://example.org/\u202egro.live")[0]?.href, "https://example.org/");
});

test("a long text without an address is searched quickly", () => {
  const before = performance.now();
  for (const text of ["a".repeat(2000), "a.".repeat(1000), "a@".repeat(1000), "a@a.".repeat(500)]) linkify(text);
  assert.ok(performance.now() - before < 1000);
});

test("it never links anything but web and mail", () => {
  const attack = "javascript:alert(1) data:text/html,x file:///etc/passwd JAVASCRIPT://https:x";
  assert.ok(linkify(attack).every((piece) => piece.href === undefined));
});

test("it loses no character", () => {
  const texts = [
    "",
    "a",
    "http://",
    "https://a.b https://c.d!!",
    "x\nhttps://a.b\ny",
    "https://[::1",
    "🙂 https://ä.example/ü",
  ];
  for (const text of texts)
    assert.equal(
      linkify(text)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
});

test("a message of nothing but addresses becomes few elements, and loses no character", () => {
  const text = "a@b.c ".repeat(333);
  const pieces = linkify(text);
  assert.ok(pieces.length <= 41, `${pieces.length} pieces`);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
});
