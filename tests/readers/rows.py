"""Prints the rows of a job's output, a JSON object a line, for a comparison to the bit: every number as the eight bytes of a float64 in hexadecimal.

usage: python3 rows.py FILE TEXT_COLUMN...     the columns that hold strings, so that a cell of CSV that looks like a number stays one
"""

import csv
import json
import struct
import sys


class Number(float):
    """A number that knows the digits it was written with: a field that is carried over keeps them in formats without types."""

    def __new__(cls, digits):
        number = super().__new__(cls, digits)
        number.digits = digits
        return number


def text(value):
    if value is None or isinstance(value, str):
        return value
    return value.digits if isinstance(value, Number) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def bits(number):
    return struct.pack(">d", float(number)).hex()


def float32(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


def exact(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return bits(value)
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {name: exact(item) for name, item in value.items()}


def json_lines(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line, parse_float=Number)


def comma_separated(path, texts):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {name: cell if name in texts and cell else json.loads(cell) if cell else None for name, cell in row.items()}


def npy(path):
    import numpy

    vectors = numpy.load(path, allow_pickle=False)
    assert vectors.dtype == numpy.float32, vectors.dtype
    for row, vector in zip(json_lines(path + ".ids.jsonl"), vectors, strict=True):
        yield row | {"vector": vector.tolist()}


def rows(path, texts):
    ending = path.rsplit(".", 1)[1]
    return {"jsonl": lambda: json_lines(path), "csv": lambda: comma_separated(path, texts), "npy": lambda: npy(path)}[ending]()


def main(path, *texts):
    sys.stdout.reconfigure(encoding="utf-8")
    for row in rows(path, texts):
        for name in texts:
            if name in row:
                row[name] = text(row[name])
        if row.get("vector") is not None:
            row["vector"] = [None if number is None else float32(number) for number in row["vector"]]
        print(json.dumps(exact(row), ensure_ascii=False))


main(*sys.argv[1:])
