"""Five hundred rows as Excel 2003 to 365 write them to the clipboard: text with tabs, and HTML with its styles."""

import html
from datetime import date, timedelta
from decimal import Decimal

ROWS = 500
_DAY_ZERO = date(1899, 12, 30)
Row = tuple[str, str, Decimal, date, str, str, Decimal, Decimal]
_STYLES = """<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
.xl65
	{mso-number-format:"\\@";}
.xl66
	{mso-number-format:"\\#\\,\\#\\#0\\.00_ ";}
.xl67
	{mso-number-format:"yyyy\\/m\\/d";
	white-space:normal;}
-->
</style>"""


def excel_block() -> list[Row]:
    """Return the rows as the table must hold them."""
    rows: list[Row] = []
    for at in range(ROWS):
        note = 'a "b" c' if at == 7 else "上行\n下行" if at % 50 == 3 else "" if at % 3 else "<备注> & 说明"
        pay, less = Decimal(at * 137 + 5) / 4, Decimal(at) / 2
        cents = Decimal("0.01")
        rows.append((f"张{at}", f"62220201{at:011d}"[:18] + "7", pay.quantize(cents),
                     date(2026, 1, 1) + timedelta(at % 300), f"{at:06d}", note, -less.quantize(cents),
                     (pay - less).quantize(cents)))
    return [(*row[:6], abs(row[6]) if row[6] == 0 else row[6], row[7]) for row in rows]


def _shown(row: Row) -> list[str]:
    day = row[3]
    return [row[0], row[1], f"{row[2]:,.2f} ", f"{day.year}/{day.month}/{day.day}", row[4], row[5],
            f"{row[6]:,.2f} ", f"{row[7]:,.2f} "]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\n"') else text


def excel_tsv() -> str:
    """Return the plain text of the block."""
    return "".join("\t".join(_quoted(cell) for cell in _shown(row)) + "\r\n" for row in excel_block())


def excel_html() -> str:
    """Return the HTML of the block, without the header that Windows puts before it."""
    lines = []
    for row in excel_block():
        cells = []
        for place, text in enumerate(_shown(row)):
            style = "xl65" if place in (0, 1, 4, 5) else "xl67" if place == 3 else "xl66"
            exact = f' x:num="{row[place].normalize():f}"' if isinstance(row[place], Decimal) else ""
            exact = f' x:num="{(row[3] - _DAY_ZERO).days}"' if place == 3 else exact
            body = html.escape(text.rstrip(" "), quote=False)
            body = body.replace("\n", "<br\n  style='mso-data-placement:same-cell;'>")
            side = " align=right" if style == "xl66" else ""
            spacer = "<span style='mso-spacerun:yes'>&nbsp;</span>" if style == "xl66" else ""
            cells.append(f"  <td class={style}{side} width=72 style='border-left:none;width:54pt'{exact}>"
                         f"{body}{spacer}</td>")
        height = " height=19 style='height:14.25pt'"
        lines.append(f" <tr{height}>\n" + "\n".join(cells) + "\n </tr>")
    table = "\n".join(lines)
    return ('<html xmlns:v="urn:schemas-microsoft-com:vml"\nxmlns:o="urn:schemas-microsoft-com:office:office"\n'
            'xmlns:x="urn:schemas-microsoft-com:office:excel"\nxmlns="http://www.w3.org/TR/REC-html40">\n\n<head>\n'
            '<meta http-equiv=Content-Type content="text/html; charset=utf-8">\n'
            '<meta name=ProgId content=Excel.Sheet>\n'
            f"{_STYLES}\n</head>\n\n<body link=\"#0563C1\" vlink=\"#954F72\">\n\n"
            "<table border=0 cellpadding=0 cellspacing=0 width=576 style='border-collapse:\n collapse;width:432pt'>\n"
            "<!--StartFragment-->\n <col width=72 span=8 style='width:54pt'>\n"
            f"{table}\n<!--EndFragment-->\n</table>\n\n</body>\n\n</html>\n")
