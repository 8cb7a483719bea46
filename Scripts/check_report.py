#!/usr/bin/env python3
"""Opens report pages in headless Chromium, and fails where a reader would see a fault.

    python3 Scripts/check_report.py results/*/report.html --output looks

Needs `pip install playwright` and a Chromium (Debian: apt-get install chromium). At the width of a phone and of a desk a page may
neither write to the console, nor ask the network for anything, nor be wider than its screen; each figure has to be there, to hold
drawn data inside its box, and no text of it may lie on another text or outside the picture. Every download has to be a CSV table or
an SVG picture. Screenshots at both widths, one in grey, and a print as PDF are for looking at.
"""

import argparse
import base64
import csv
import io
import pathlib
import shutil
import sys
import xml.etree.ElementTree as xml

from playwright.sync_api import sync_playwright

WIDTHS = {"phone": 390, "desk": 1200}

# All faults of figures and of the page, seen from inside the browser.
FAULTS = r"""
() => {
  const faults = [];
  if (document.documentElement.scrollWidth > window.innerWidth + 1)
    faults.push(`page is ${document.documentElement.scrollWidth} px wide on a screen of ${window.innerWidth}`);
  const box = e => e.getBoundingClientRect();
  // Corners of a text that may be turned: its own box, moved as the text is.
  const corners = t => {
    const b = t.getBBox(), m = t.getScreenCTM();
    return [[b.x, b.y], [b.x + b.width, b.y], [b.x + b.width, b.y + b.height], [b.x, b.y + b.height]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(m));
  };
  const apart = (a, b) => [a, b].some(shape => shape.some((p, i) => {
    const q = shape[(i + 1) % 4];
    const side = r => (q.y - p.y) * r.x - (q.x - p.x) * r.y;
    const [u, v] = [a.map(side), b.map(side)];
    return Math.max(...u) <= Math.min(...v) + 1 || Math.max(...v) <= Math.min(...u) + 1;
  }));
  const figures = [...document.querySelectorAll('figure')];
  for (const figure of figures) {
    const name = figure.id, svg = figure.querySelector('svg');
    if (!svg) { faults.push(`${name}: no picture`); continue; }
    const frame = box(svg);
    if (frame.width < 100 || frame.height < 60) faults.push(`${name}: ${frame.width} x ${frame.height} px`);
    if (frame.right > box(figure).right + 1) faults.push(`${name}: picture is wider than its box`);
    if (svg.getAttribute('role') !== 'img' || !svg.querySelector('title')?.textContent ||
        !svg.querySelector('desc')?.textContent) faults.push(`${name}: nothing for a screen reader`);
    if ((figure.querySelector('figcaption')?.textContent ?? '').length < 15) faults.push(`${name}: no reading`);
    const data = svg.querySelectorAll('.lines polyline,.markers *,.stack polygon,.rise polygon,.fall polygon,' +
      '.points *,.regions *,.ladder polyline,.boxes *,.bars *,.names polyline').length;
    if (!data) faults.push(`${name}: no data drawn`);
    const plot = svg.querySelector('rect.plot');
    if (plot) for (const e of svg.querySelectorAll('.stack polygon,.lines polyline,.rise polygon,.fall polygon')) {
      const [a, b] = [box(e), box(plot)];
      if (a.left < b.left - 3 || a.right > b.right + 3 || a.top < b.top - 3 || a.bottom > b.bottom + 3)
        faults.push(`${name}: data outside the frame`);
    }
    const texts = [...svg.querySelectorAll('text')].map(t => [t.lastChild?.textContent ?? '', corners(t)]);
    texts.forEach(([text, shape], i) => {
      if (shape.some(p => p.x < frame.left - 1 || p.x > frame.right + 1 || p.y < frame.top - 1 || p.y > frame.bottom + 1))
        faults.push(`${name}: '${text}' is cut`);
      for (const [other, place] of texts.slice(i + 1))
        if (!apart(shape, place)) faults.push(`${name}: '${text}' lies on '${other}'`);
    });
    const least = Math.min(...[...svg.querySelectorAll('text')].map(t =>
      parseFloat(t.getAttribute('font-size')) * svg.getScreenCTM().a));
    if (least < 9) faults.push(`${name}: text of ${least.toFixed(1)} px`);
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push(`two places are called '${id}'`);
  for (const table of document.querySelectorAll('table'))
    if (!table.caption || ![...table.querySelectorAll('th')].every(th => th.scope)) faults.push('a table without caption or scopes');
  if (!document.querySelector('h1') || !document.querySelector('section')) faults.push('the page is empty');
  return { faults, figures: figures.length };
}
"""


def download_faults(page):
    """What is wrong with the files that the page carries."""
    faults = []
    for link in page.query_selector_all("a[download]"):
        name, href = link.get_attribute("download"), link.get_attribute("href")
        content = base64.b64decode(href.split(",", 1)[1]).decode()
        if name.endswith(".svg"):
            if not xml.fromstring(content).tag.endswith("svg"):
                faults.append(f"{name}: no picture")
        else:
            rows = list(csv.reader(io.StringIO(content)))
            if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
                faults.append(f"{name}: no table")
    return faults


def check(browser, path, output):
    faults, figures = [], 0
    name = path.resolve().parent.name
    for device, width in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: request.url.startswith(("data:", path.resolve().as_uri()))
            or faults.append(f"network: {request.url}"),
        )
        page.goto(path.resolve().as_uri())
        found = page.evaluate(FAULTS)
        faults += [f"{device}: {fault}" for fault in found["faults"]]
        figures = found["figures"]
        page.screenshot(path=output / f"{name}-{device}.png", full_page=True)
        if device == "desk":
            faults += download_faults(page)
            page.pdf(path=output / f"{name}.pdf", format="A4")
            page.add_style_tag(content="html{filter:grayscale(1)}")
            page.screenshot(path=output / f"{name}-grey.png", full_page=True)
        page.close()
    return faults, figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pages", nargs="+", type=pathlib.Path)
    arguments.add_argument("--output", type=pathlib.Path, required=True, help="folder for the screenshots")
    arguments.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    options = arguments.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for path in options.pages:
            faults, figures = check(browser, path, options.output)
            print(f"{path}: {figures} figures, {len(faults)} faults")
            for fault in faults:
                print(f"  {fault}")
            failed = failed or bool(faults)
        browser.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
