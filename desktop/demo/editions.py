"""The second edition of the library, as the rehearsal's bureau publishes it: a few real changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.domain.library_changes import newest_edition

Record = dict[str, Any]

# Code -> what changes of it; a code with "like" is new and otherwise like that one. The last three lie in a draft.
SECOND: Mapping[str, Mapping[str, object]] = {
    "HY0307012101": {"definition": "当年完成并通过县级验收的沙化土地治理面积，不含只做了整地的地块"},
    "HY0307012203": {"evidence": "验收图斑数据、抽样测量记录", "data_source": "县级验收、第三方抽查"},
    "HY0307012104": {"unit": "公顷"},
    "HY0307012202": {"effective_to": "2026", "successor": "HY0307012291"},
    "HY0307012291": {
        "like": "HY0307012202", "name": "飞播区成苗面积率", "initials": "fbqcmmjl",
        "pinyin": "feiboquchengmiaomianjilv", "definition": "飞播后第二年成苗面积占飞播面积的比例",
    },
    "HY0307012290": {
        "like": "HY0307012203", "name": "可降解沙障材料使用率", "initials": "kjjszclsyl",
        "pinyin": "kejiangjieshazhangcailiaoshiyonglv", "definition": "使用可降解材料的沙障面积占沙障总面积的比例",
        "formula": "可降解材料沙障面积/沙障总面积×100%", "typical_value": "60",
    },
    "HY0307012204": {
        "definition": "当年秋季抽查时成活的固沙苗木株数占当年全部栽植株数的比例",
        "scoring_method": "完成比例赋分，及格门槛60%",
        "evidence": "第三方抽查报告",
    },
    "HY0307013302": {"effective_to": "2026", "successor": "HY0307013391"},
    "HY0307013391": {
        "like": "HY0307013302", "name": "治理区林草覆盖率", "initials": "zlqlcfgl", "pinyin": "zhiliqulincaofugailv",
        "definition": "治理区内有林草植被覆盖的面积占治理区面积的比例",
    },
}


def edition_of(published: Iterable[Record], changes: Mapping[str, Mapping[str, object]]) -> list[Record]:
    """Return the records of the next edition: those that change, and new ones."""
    known = {str(row["code"]): row for row in published}
    *major, minor = newest_edition(str(row["version"]) for row in known.values()).split(".")
    version = ".".join([*major, str(int(minor) + 1)])
    found = []
    for code, more in changes.items():
        fields = dict(more)
        base = {**known[str(fields.pop("like", code))], "code": code, "version": version}
        if code not in known:
            base.update({"effective_to": "", "successor": ""})
        found.append({**base, **fields})
    return found
