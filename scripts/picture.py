#!/usr/bin/env python3
"""Draws the README's pictures from the program's own output.

    scripts/picture.py            writes docs/question.svg and docs/list.svg

Needs Python 3.9 or newer and nothing else. The program prints one frame with terminal colours; each run of one
style becomes a piece of SVG text at the column where it stood.
"""
import html
import pathlib
import re
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
WALK = "<enter><enter><enter>japan<enter><enter><enter><down>"
PICTURES = {"question": WALK, "list": WALK + "<enter>"}
COLUMNS, ROWS = 90, 26
CELL, LINE = 8.4, 19
STYLE = {"1": "font-weight:bold", "2": "opacity:.62", "4": "text-decoration:underline",
         "31": "fill:#e5534b", "32": "fill:#57ab5a", "36": "fill:#39c5cf"}


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def frame(keys):
    command = ["cargo", "run", "--quiet", "--", "--lang", "en", "--today", "2026-11-22", "--color", "always",
               "--print", "--size", f"{COLUMNS}x{ROWS}", "--keys", keys]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def picture(text):
    out = []
    for row, line in enumerate(text.splitlines()):
        at, style = 0, ""
        for code, words in re.findall(r"(?:\x1b\[([0-9;]*)m)?([^\x1b]*)", line):
            if code:
                style = ";".join(STYLE[part] for part in code.split(";") if part in STYLE)
            if words.strip():
                lead = len(words) - len(words.lstrip())
                x = 12 + (at + lead) * CELL
                width = columns(words.strip()) * CELL
                out.append(f'<text x="{x:.1f}" y="{28 + row * LINE}" textLength="{width:.1f}" '
                           f'style="{style}">{html.escape(words.strip())}</text>')
            at += columns(words)
    width, height = int(COLUMNS * CELL + 24), ROWS * LINE + 24
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="14" '
            f'xml:space="preserve" fill="#d0d7de"><rect width="100%" height="100%" rx="8" fill="#1c2128"/>\n'
            + "\n".join(out) + "\n</svg>\n")


for name, keys in PICTURES.items():
    (ROOT / "docs" / f"{name}.svg").write_text(picture(frame(keys)), encoding="utf-8")
