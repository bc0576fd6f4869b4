"""Build frame.docx, what every draft for a word processor is put into: `python build_frame.py`.

Its words in double braces are filled by the program; nothing else in it is.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

HERE = Path(__file__).parent
TITLE, BODY, SONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "宋体", "楷体_GB2312", "黑体"
# What a computer without the licensed face may take instead.
OTHERWISE = {
    TITLE: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,Noto Serif CJK SC",
    BODY: "仿宋,FangSong,华文仿宋,STFangsong,朱雀仿宋,Noto Serif CJK SC",
    SONG: "SimSun,新宋体,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,华文楷体,STKaiti,LXGW WenKai,Noto Serif CJK SC",
    HEI: "SimHei,华文黑体,Noto Sans CJK SC",
}
FONT_TABLE = "/word/fontTable.xml"
STYLES = {
    "Normal",
    "Title",
    "heading 1",
    "heading 2",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
}
MARK = """<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t"
 o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="draft_mark" o:spid="_x0000_s1025" type="#_x0000_t136" alt="草稿" filled="f"
 strokecolor="#9c9c9c" strokeweight=".5pt"
style="position:absolute;margin-left:0;margin-top:0;width:380pt;height:180pt;rotation:330;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:page;
mso-position-vertical:center;mso-position-vertical-relative:page">
<v:textpath style="font-family:&quot;黑体&quot;;font-weight:bold" string="草稿"/></v:shape></w:pict></w:r>"""


def build() -> bytes:
    document = docx.Document()
    _set_styles(document)
    _head(document.sections[0].header.paragraphs[0])
    _foot(document.sections[0].footer.paragraphs[0])
    document.add_paragraph("{{p body }}")
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    _name_fonts(document)
    links = document.part.package.rels
    for name in [n for n, one in links.items() if one.reltype.endswith("/thumbnail")]:
        del links[name]
    out = io.BytesIO()
    document.save(out)
    return _same_every_time(out.getvalue())


def _set_styles(document: Any) -> None:
    every = document.styles.element
    for language in every.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # else marks may begin a line
    for style in every.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) not in STYLES:
            every.remove(style)
        for linked in style.findall(qn("w:link")):
            style.remove(linked)
    _set_style(document.styles["Normal"], SONG, 12)
    _set_style(document.styles["Title"], TITLE, 22)
    _set_style(document.styles["Heading 1"], HEI, 14)
    _set_style(document.styles["Heading 2"], KAI, 14)


def _set_style(style: Any, face: str, size: int) -> None:
    style.font.size, style.font.name = Pt(size), "Times New Roman"
    looks = style.element.get_or_add_rPr()
    _take_out(looks, "w:color", "w:b", "w:bCs", "w:spacing", "w:kern")
    faces = looks.find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    faces.set(qn("w:eastAsia"), face)
    _take_out(style.element.get_or_add_pPr(), "w:pBdr", "w:spacing", "w:contextualSpacing")


def _take_out(properties: Any, *names: str) -> None:
    for name in names:
        for found in properties.findall(qn(name)):
            properties.remove(found)


def _head(paragraph: Any) -> None:
    paragraph.style = "Normal"
    paragraph.alignment = 1
    rule = OxmlElement("w:pBdr")
    edge = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "000000")):
        edge.set(qn(f"w:{key}"), value)
    rule.append(edge)
    looks = paragraph._p.get_or_add_pPr()
    looks.insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    _set_face(paragraph.add_run("{{ head }}"), HEI, 12)
    paragraph._p.append(parse_xml(MARK.format(ns=nsdecls("w"))))


def _foot(paragraph: Any) -> None:
    paragraph.style = "Normal"
    paragraph.alignment = 1
    _set_face(paragraph.add_run("{{ before }}"), SONG, 10.5)
    _field(paragraph, " PAGE ")
    _set_face(paragraph.add_run("{{ between }}"), SONG, 10.5)
    _field(paragraph, " NUMPAGES ")
    _set_face(paragraph.add_run("{{ after }}"), SONG, 10.5)
    below = paragraph.insert_paragraph_before("{{ title }}　草稿　{{ drafted }}")
    below.alignment = 1
    _set_face(below.runs[0], SONG, 8)


def _set_face(run: Any, face: str, size: float) -> None:
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), face)
    run._r.rPr.rFonts.set(qn("w:hint"), "eastAsia")


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    _set_face(run, SONG, 10.5)
    field.append(run._r)


def _name_fonts(document: Any) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in OTHERWISE.items()
    )
    part = next(p for p in document.part.package.iter_parts() if p.partname == FONT_TABLE)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    part._blob = f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _same_every_time(content: bytes) -> bytes:
    """The same parts from the same script, with no clock in them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


if __name__ == "__main__":
    (HERE / "frame.docx").write_bytes(build())
