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

/** The links of a text, as they are shown. @param {string} text */
const shown = (text) => linkify(text).flatMap((piece) => (piece.href === undefined ? [] : [piece.text]));
/** @param {string} text */
const hrefs = (text) => linkify(text).flatMap(({ href }) => href ?? []);

test("a mail address is linked whole or not at all", () => {
  const whole = {
    "jörg@example.org": "mailto:j%C3%B6rg@example.org",
    "o'donnel@example.org": "mailto:o'donnel@example.org",
    "jo\u0308rg@example.org": "mailto:jo%CC%88rg@example.org",
    "анна@почта.рф": "mailto:%D0%B0%D0%BD%D0%BD%D0%B0@xn--80a1acny.xn--p1ai",
    "ada@müller.example.de": "mailto:ada@xn--mller-kva.example.de",
    "ada@mail.mu\u0308ller.de": "mailto:ada@mail.xn--mller-kva.de",
    "a_b-c.d+e@example.org": "mailto:a_b-c.d+e@example.org",
    "用户@例え.jp": "mailto:%E7%94%A8%E6%88%B7@xn--r8jz45g.jp",
  };
  for (const [text, href] of Object.entries(whole)) {
    for (const around of [text, `(${text})`, `„${text}“`, `'${text}'.`, `<${text}>,`, `Mail: ${text}!`, `«${text}»`]) {
      assert.deepEqual([shown(around), hrefs(around)], [[text], [href]], around);
    }
  }
  const none = [
    "o’donnel@example.org",
    "to=ada@example.org",
    "a%40b@example.org",
    "a!b@example.org",
    "ada.@example.org",
    "ada@example.org@example.net",
    "ada@-x.org",
    "ada@1.2.3",
    "ada@localhost",
    `${"a".repeat(65)}@example.org`,
    `é${"a".repeat(64)}@example.org`,
  ];
  for (const text of none) assert.deepEqual(shown(text), [], text);
});

test("an address without spaces around it ends where its script does", () => {
  assert.deepEqual(shown("連絡はada@example.orgまで"), ["ada@example.org"]);
  assert.deepEqual(shown("ติดต่อada@example.orgครับ"), ["ada@example.org"]);
  assert.deepEqual(shown("ada@example.org,bob@example.org;eve@example.org/joe@example.org"), [
    "ada@example.org",
    "bob@example.org",
    "eve@example.org",
    "joe@example.org",
  ]);
});

test("brackets of a web address are in balance", () => {
  const cases = {
    "https://a.b/x_(y)": "https://a.b/x_(y)",
    "(https://a.b/x_(y))": "https://a.b/x_(y)",
    "(see https://a.b/x_(y)).": "https://a.b/x_(y)",
    "https://a.b/((x)(y)).": "https://a.b/((x)(y))",
    "[text](https://a.b/x)": "https://a.b/x",
    "[https://a.b/x[1]]": "https://a.b/x[1]",
    "{https://a.b/{id}}": "https://a.b/{id}",
    "(https://a.b/x),then": "https://a.b/x",
    "https://a.b/x)": "https://a.b/x",
    "https://a.b/x(": "https://a.b/x",
    "https://[::1]/x": "https://[::1]/x",
    "(https://a.b/(x)y)": "https://a.b/(x)y",
  };
  for (const [text, expected] of Object.entries(cases)) assert.deepEqual(shown(text), [expected], text);
  assert.deepEqual(shown("(https://a.b)(https://c.d)"), ["https://a.b", "https://c.d"]);
});

test("quotes and sentence marks of any script are not part of an address", () => {
  const address = "https://example.org/a?b=1";
  const pairs = [
    ..."。、，．！？；：」』】》〉）］｝”»›…‥؟،؛۔।॥။።።՝։។‼⁉".split("").map((mark) => ["", mark]),
    ["「", "」"],
    ["“", "”"],
    ["„", "“"],
    ["»", "«"],
    ["‘", "’"],
    ["'", "'"],
    ["'", "',"],
    ["（", "）を見て"],
    ["", "。次の文"],
    ["", "’."],
    ["*", "*"],
  ];
  for (const [before = "", after = ""] of pairs) {
    assert.deepEqual(shown(`${before}${address}${after}`), [address], `${before}…${after}`);
  }
  assert.deepEqual(shown("https://example.org/Hubble's_law."), ["https://example.org/Hubble's_law"]);
});

test("hosts and paths of any script are linked", () => {
  const cases = {
    "https://bücher.example/ü": "https://xn--bcher-kva.example/%C3%BC",
    "https://почта.рф": "https://xn--80a1acny.xn--p1ai/",
    "https://例え.jp/東京": "https://xn--r8jz45g.jp/%E6%9D%B1%E4%BA%AC",
    "https://ไทย.example/น้ำ": "https://xn--o3cw4h.example/%E0%B8%99%E0%B9%89%E0%B8%B3",
  };
  for (const [text, href] of Object.entries(cases)) assert.deepEqual(hrefs(`${text}, `), [href], text);
});

test("the work grows with the text, not with its square", () => {
  const units = [
    "a",
    "a.",
    "a@",
    "a@a.",
    "http://",
    "https://a)",
    "https://[",
    "(https://a.b",
    "..@",
    "é@",
    "'",
    "a'@",
    "@",
  ];
  /** @param {string} text - characters that were looked at: every test of a pattern sees one or a bounded part */
  const looks = (text) => {
    let count = 0;
    const { test } = RegExp.prototype;
    RegExp.prototype.test = function (part) {
      count += part.length;
      return test.call(this, part);
    };
    try {
      linkify(text);
    } finally {
      RegExp.prototype.test = test;
    }
    return count;
  };
  for (const unit of units) {
    const [small, large] = [500, 2_000].map((length) => looks(unit.repeat(length / unit.length)));
    assert.ok((large ?? 0) <= 5 * (small ?? 0) + 500, `${unit}: ${small}, ${large}`);
  }
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
