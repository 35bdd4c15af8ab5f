"""Makers of the files that are not pages: PDF and mail, byte by byte."""

from __future__ import annotations

import io
from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], title: str | None = None) -> bytes:
    """A PDF with one line of Helvetica under the other; an empty line is left blank."""
    objects: list[bytes] = []
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        content = ["BT /F1 11 Tf 14 TL 50 780 Td"]
        for line in lines:
            escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            content.append(f"({escaped}) Tj T*" if line else "T*")
        stream = "\n".join([*content, "ET"]).encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    trailer = ""
    if title is not None:
        objects.append(f"<< /Title ({title}) /CreationDate (D:20240502103000Z) >>".encode())
        trailer = f" /Info {len(objects)} 0 R"
    return _write(objects, trailer)


def _write(objects: Sequence[bytes], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    head = f"trailer << /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF"
    out.write(head.encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["Locked text of a contract"]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def mail(
    *,
    subject: str = "Namibia signs critical minerals agreement",
    html: str | None = None,
    text: str | None = None,
    date: str | None = "Mon, 22 Apr 2024 23:15:00 -0400",
    sender: str = "Example Metals Daily <daily@example-metals.com>",
) -> bytes:
    """A mail with a text part, an HTML part, or both."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = sender
    message["To"] = "reader@example.org"
    message["Subject"] = subject
    if date:
        message["Date"] = date
    message.set_content(text if text is not None else "")
    if html is not None and text is None:
        message.set_content(html, subtype="html")
    elif html is not None:
        message.add_alternative(html, subtype="html")
    return bytes(message)
