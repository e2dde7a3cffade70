"""Times extractors in Python's reach, page by page: a line for each, its name and the milliseconds of its fastest run.

usage: wheels.py RUNS PAGE.html.gz ...        needs the packages resiliparse, trafilatura, lxml_html_clean
"""

import gzip
import sys
import time
from importlib.metadata import version

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from trafilatura import extract


def resiliparse(data):
    return extract_plain_text(bytes_to_str(data, detect_encoding(data)), main_content=True)


def trafilatura(data):
    return extract(data)


def fastest(runs, work, data):
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work(data)
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main(runs, paths):
    pages = [gzip.open(path).read() for path in paths]
    for work in (resiliparse, trafilatura):
        times = [fastest(runs, work, page) for page in pages]
        print(f"{work.__name__} {version(work.__name__)}", *(f"{one:.4f}" for one in times), sep="\t")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
