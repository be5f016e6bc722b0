"""Bytes into a program without a compiler chewing on them: .incbin.

    incbin.py SYMBOL FILE OUT.S         SYMBOL[], and SYMBOL_end[] behind it
"""
import hashlib
import os
import sys


def write(path, data):
    """Write only what differs, so that nothing is built again for nothing."""
    if isinstance(data, str):
        data = data.encode()
    try:
        with open(path, "rb") as f:
            if f.read() == data:
                return
    except FileNotFoundError:
        pass
    with open(path, "wb") as f:
        f.write(data)


def assembly(symbol, bin_path, align=16):
    """An assembler file with one read-only, hidden symbol.  It names the
    bytes' hash: Ninja sees only this file, and must see them change."""
    with open(bin_path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    where = os.path.abspath(bin_path).replace("\\", "\\\\").replace('"', '\\"')
    return f"""/* {digest} */
\t.section .rodata
\t.balign {align}
\t.globl {symbol}
\t.hidden {symbol}
\t.type {symbol}, %object
{symbol}:
\t.incbin "{where}"
\t.size {symbol}, . - {symbol}
\t.section .note.GNU-stack,"",%progbits
"""


def main(symbol, path, out):
    write(out, assembly(symbol, path).replace(
        f"\t.size {symbol}", f"\t.globl {symbol}_end\n\t.hidden {symbol}_end\n{symbol}_end:\n"
        f"\t.size {symbol}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
