"""A page as a program sees it that knows HTML but runs nothing."""

import re
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Sixteen hundred time zones stand on the form of a post; to read those that nobody chose
# takes longer than all else.
_ZONES = re.compile(r'<option(?: value="[A-Z]\w+/[^"<>]*")?>[A-Z]\w+/[^<>]*</option>')
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset")


class Element(dict):
    """``tag``, ``attributes``, ``text`` (all of it, of what is inside, too) and ``in``:
    the classes of what it stands in."""

    def __init__(self, page, tag, attributes):
        outer = page._open[-1] if page._open else None
        around = outer["in"] | outer.classes if outer else frozenset()
        super().__init__({"tag": tag, "attributes": attributes, "in": around})
        self._texts, self._first, self.last = page.texts, len(page.texts), None
        if tag in VOID:
            self.last = self._first

    @property
    def classes(self):
        return frozenset((self["attributes"].get("class") or "").split())

    def __missing__(self, name):
        if name == "text":
            return "".join(self._texts[self._first : self.last])
        raise KeyError(name)


class Page(HTMLParser):
    """``elements``, ``texts``, and ``fields``: what a browser would send back, name to
    list of values. It is read when somebody looks at it, for most pages on the way to
    another are not."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self._html = html.decode() if isinstance(html, bytes) else html

    def __getattr__(self, name):
        if name not in {"elements", "texts", "fields"}:
            raise AttributeError(name)
        self.elements, self.texts, self.fields = [], [], {}
        self._open = []
        self._select = self._textarea = self._option = None
        self.feed(_ZONES.sub("", self._html))
        self.close()
        return getattr(self, name)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        element = Element(self, tag, attributes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)
        self._take_field(tag, attributes)

    def handle_endtag(self, tag):
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index]["tag"] == tag:
                for element in self._open[index:]:
                    element.last = len(self.texts)
                del self._open[index:]
                break
        if tag == "textarea" and self._textarea:
            value = self._textarea["text"].removeprefix("\n")
            self._add(self._textarea["attributes"].get("name", ""), value)
            self._textarea = None
        elif tag == "option" and self._option:
            self._add(self._select, self._option["text"])
            self._option = None

    def handle_data(self, data):
        self.texts.append(data)

    def _take_field(self, tag, attributes):
        name, kind = attributes.get("name"), attributes.get("type", "text")
        if tag == "textarea":
            self._textarea = self.elements[-1]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in attributes:
            if "value" in attributes:
                self._add(self._select, attributes["value"])
            else:
                self._option = self.elements[-1]
        elif tag == "input" and name and kind not in {"file", "submit"}:
            ticked = kind in {"checkbox", "radio"}
            if not ticked or "checked" in attributes:
                self._add(name, attributes.get("value", "on" if ticked else ""))

    def _add(self, name, value):
        self.fields.setdefault(name, []).append(value or "")

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, tag, **attributes):
        """Elements of a tag with these attributes; `class_` is one of its classes."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.elements
            if element["tag"] == tag
            and all(element["attributes"].get(k) == v for k, v in attributes.items())
            and (
                wanted is None
                or wanted in (element["attributes"].get("class") or "").split()
            )
        ]

    def one(self, tag, **attributes):
        (found,) = self.all(tag, **attributes)
        return found

    def said(self, tag, **attributes):
        """The words of each such element."""
        return [" ".join(e["text"].split()) for e in self.all(tag, **attributes)]

    @property
    def errors(self):
        """The sentence beside each field that is marked as wrong, by the field's id."""
        return {
            e["attributes"]["id"].removesuffix("-error"): " ".join(e["text"].split())
            for e in self.all("p", class_="error")
            if e["attributes"].get("id")
        }

    @property
    def runs(self):
        """Everything on the page that a browser would run or load from elsewhere."""
        found = []
        for element in self.elements:
            attributes = element["attributes"]
            found += [
                (element["tag"], name, value)
                for name, value in attributes.items()
                if name.startswith("on") or name in {"style", "srcdoc"}
            ]
            found += [
                (element["tag"], name, value)
                for name, value in attributes.items()
                if name in ADDRESSES and _runs(value or "")
            ]
            if element["tag"] in {"iframe", "object", "embed", "base", "svg", "math"}:
                found.append((element["tag"], "", ""))
        return found + _foreign_scripts(self)


def _runs(address):
    scheme = "".join(address.split()).lower().partition(":")[0]
    return scheme in {"javascript", "data", "vbscript"}


def _foreign_scripts(page):
    found = []
    for script in page.all("script"):
        attributes = script["attributes"]
        if attributes.get("type") == "application/ld+json" and "src" not in attributes:
            continue
        if not attributes.get("src", "").startswith("/assets/"):
            found.append(("script", attributes.get("src"), script["text"]))
    return found
