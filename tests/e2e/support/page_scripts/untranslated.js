// All that a page says and that is not in brackets: texts, names and titles, shown or not, templates included.
(known) => {
  const NAMES =
    /^(aria-(label|description|valuetext|roledescription)|title|placeholder|alt|data-words|data-(label|caption)-\w+)$/;
  const NOT_READ = "script, style, noscript, kbd, code, time, .avatar, [lang]:not(html)";
  const INNERMOST = /⟦[^⟦⟧]*⟧/g;
  const found = new Set();

  const check = (text, element, what) => {
    let rest = text.replace(/https?:\S+/g, " ");
    for (let before = ""; before !== rest; rest = rest.replace(INNERMOST, " ")) before = rest;
    for (const name of known) rest = rest.replaceAll(name, " ");
    if (/\p{L}{2}/u.test(rest))
      found.add(`<${element.localName} class="${element.className}"> ${what}: ${text.trim()}`);
  };
  // A sentence with markup in it is whole in its paragraph only.
  const sentence = (element) => {
    const above = element.parentElement;
    return above?.matches("p, li, h1, h2, h3, strong, em, code") && /[⟦⟧]/.test(above.textContent)
      ? sentence(above)
      : element;
  };
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "template") walk(element.content);
      if (element.closest(NOT_READ)) continue;
      for (const { name, value } of element.attributes) if (NAMES.test(name)) check(value, element, name);
      const speaks = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "",
      );
      if (speaks) check(sentence(element).textContent, element, "text");
    }
  };
  walk(document);
  check(document.title, document.documentElement, "title");
  return [...found];
};
