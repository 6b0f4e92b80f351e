"""Text out of text, HTML, Markdown and PDF; what cannot be read is one sentence."""

import builtins
import zlib
from pathlib import Path

import pytest

from evtimeline.documents.reportfile import MAX_BYTES, html_to_text, read_report
from evtimeline.errors import UsageError

PAGE = """<!doctype html><html><head><title>x</title><script>var d = "2026-01-01"</script></head><body>
<nav><a href="/">Home 2024</a></nav>
<h2>二、产能</h2><ul><li>星澜 E6：<b>预计</b> 2026 年 8 月上市</li><li><p>二期工厂 2027&nbsp;年投产</p></li></ul>
<table><tr><th>节点</th><th>时间</th></tr><tr><td>港股上市</td><td>2026 年 6 月</td></tr></table>
<style>p { color: red }</style><p>结尾。</p></body></html>"""


def _pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines of Latin text."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = zlib.compress(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def _refusal(path: Path) -> str:
    with pytest.raises(UsageError) as refused:
        read_report(path)
    return str(refused.value)


def test_html_keeps_its_structure_and_loses_scripts_styles_and_menus() -> None:
    assert html_to_text(PAGE).split("\n") == [
        "## 二、产能",
        "",
        "- 星澜 E6：预计 2026 年 8 月上市",
        "- 二期工厂 2027 年投产",
        "",
        "| 节点 | 时间 |",
        "| 港股上市 | 2026 年 6 月 |",
        "",
        "结尾。",
        "",
    ]


def test_html_with_unclosed_and_stray_tags_is_read_to_its_end() -> None:
    assert html_to_text("<p>one</script><svg><p>gone</svg><li>two</b>") == "one\n\n- two\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_of_reports(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes("星澜 E6 预计 2026 年 8 月上市。\r\n".encode(encoding))
    assert read_report(file) == "星澜 E6 预计 2026 年 8 月上市。\n"


def test_the_encoding_that_html_names_is_used(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes('<html><head><meta charset="big5"></head><body><p>預計上市</p></body></html>'.encode("big5"))
    assert read_report(file).strip() == "預計上市"


def test_what_cannot_be_seen_is_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("plan\x1b[31m\u202e 2026\u200b\x00", "utf-8")
    assert read_report(file) == "plan[31m 2026"


def test_a_pdf_gives_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(_pdf("Kestrel Motors", "The plant will open in June 2027."))
    assert read_report(file).split("\n")[:2] == ["Kestrel Motors", "The plant will open in June 2027."]


def test_a_pdf_without_its_reader_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(_pdf("x"))
    real = builtins.__import__

    def without_pypdf(name: str, *rest: object) -> object:
        if name == "pypdf":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_pypdf)
    assert "pip install evtimeline[pdf]" in _refusal(file)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (b"%PDF-1.4\nnothing", "cannot be read as a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "is no text"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"<html><body><script>1</script></body></html>", "holds no text"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(tmp_path: Path, body: bytes, why: str) -> None:
    file = tmp_path / "report"
    file.write_bytes(body)
    assert why in _refusal(file)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in _refusal(tmp_path / "none.txt")
