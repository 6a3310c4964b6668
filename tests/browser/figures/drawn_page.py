"""drawn_page.py: a page as a browser drew it, read as a tree: its elements, texts and tables."""

import html.parser
import re

MINUS = "−"


class Node:
    def __init__(self, tag, attributes=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    def all(self, tag, **having):
        """All within it of this tag and these attributes, in their order; of a class, that have it among others."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag and all(
                    value in child.get(name.rstrip("_")).split(" ") for name, value in having.items()
                ):
                    found.append(child)
                found += child.all(tag, **having)
        return found

    def get(self, name):
        return self.attributes.get(name) or ""

    def number(self, name):
        return float(self.get(name))

    def text(self):
        words = "".join(child if isinstance(child, str) else child.text() for child in self.children)
        return words.replace("\u00a0", " ").replace("\u2060", "").replace("\u200b", "")

    def rows(self):
        """Of a table, the texts of all cells, its head and foot included."""
        return [[cell.text() for cell in row.children if isinstance(cell, Node)] for row in self.all("tr")]


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Node("page")
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        self.open[-1].children.append(Node(tag, attributes))
        if tag not in ("meta", "link", "br", "img", "input", "hr"):
            self.open.append(self.open[-1].children[-1])

    def handle_endtag(self, tag):
        while self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_page(path):
    reader = Reader()
    with open(path, encoding="utf-8") as file:
        reader.feed(file.read())
    return reader.root


def figures(text):
    """The numbers of a sentence in their order, each with its sign, mark and unit."""
    return re.findall(f"{MINUS}?£?\\d+(?:,\\d{{3}})*(?:\\.\\d+)?(?:%|bn|[km](?![a-z])|[亿万])?", text)
