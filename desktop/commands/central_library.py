"""`budgetdesk central library publish`: the bureau's next edition of the library, from sheets to a signed catalogue."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.domain.library import CoreSet, GoalCase, Indicator
from desktop.domain.library_changes import ChangeKind, RecordChange, record_change
from desktop.domain.library_rules import Finding, Material, Placed, check_library, in_order
from desktop.domain.problem import Level
from desktop.exchange.initials import shipped_speller
from desktop.exchange.library_reading import known_tables, read_library
from desktop.exchange.library_records import Record, record_from, records_of
from desktop.texts import library_findings
from desktop.texts.library_changes import KINDS, title_of, what_changed
from desktop.texts.words import DATASETS, LEVELS
from sync.central.bureau import Bureau
from sync.central.library import LibraryStep
from sync.central.opening import open_platform

PUBLISHED = "已发布的指标库"  # in the place of a file: what an entry of the new sheets refers to may stand there
MOST_FINDINGS, MOST_NAMES = 30, 8
_CLASSES: Mapping[str, type] = {"indicator": Indicator, "goal_case": GoalCase, "core_set": CoreSet}


@dataclass(frozen=True, slots=True)
class _Edition:
    """What was read, ready for the platform.

    Attributes:
        whole: It is the whole library, not a sheet of it.
        changes: What units will see of it.
    """

    datasets: Mapping[str, list[Record]]
    whole: bool
    changes: Sequence[RecordChange]


def publish(arguments: Namespace) -> Exit:
    """Check, summarise, sign and publish; 1 when the sheets have errors, 2 when the platform refuses."""
    if not arguments.path.exists():
        raise Unusable(f"找不到 {arguments.path}。")
    if not (arguments.data / "keys").is_dir() and arguments.database is None:
        raise Unusable(f"{arguments.data} 里没有平台。先用 central serve 启动一次，或核对数据文件夹。")
    platform = open_platform(arguments.data, arguments.database)
    with closing(platform.store):
        bureau = Bureau(platform)
        reading = read_library(arguments.path)
        published = {name: {str(row["code"]): row for row in bureau.public(name)} for name in _CLASSES}
        whole = arguments.path.is_dir()
        findings = [*reading.findings, *_checked(reading.material, published["indicator"], whole=whole)]
        errors = in_order(one for one in findings if one.level is Level.ERROR)
        if errors:
            return _tell_errors(errors, as_json=arguments.json)
        edition = _edition(reading.material, published, whole=whole)
        how = {"whole": whole, "withdraw": arguments.withdraw}
        if arguments.dry_run:
            step, version = bureau.weigh_library(edition.datasets, **how), 0
        else:
            step, ref = bureau.publish_library(edition.datasets, **how)
            version = ref.version if ref is not None else 0
    _tell(step, edition, version, len(findings), arguments)
    return Exit.GOOD


def _checked(material: Material, published: Mapping[str, Record], *, whole: bool) -> list[Finding]:
    """Check the sheets; those of a part together with what is published beside them."""
    if whole:
        return check_library(material, known_tables())
    new = {placed.item.code for placed in material.indicators}
    beside = [
        Placed(msgspec.convert(row, Indicator), PUBLISHED, 0, {}) for code, row in published.items() if code not in new
    ]
    together = replace(material, indicators=(*beside, *material.indicators))
    return [one for one in check_library(together, known_tables()) if one.place.file != PUBLISHED]


def _edition(material: Material, published: Mapping[str, Mapping[str, Record]], *, whole: bool) -> _Edition:
    """Return records that differ from the published ones only where people would see a difference."""
    speller = shipped_speller()
    datasets: dict[str, list[Record]] = {}
    changes: list[RecordChange] = []
    for name, records in records_of(material).items():
        datasets[name] = []
        for record in records:
            if name == "indicator":
                record["initials"], record["pinyin"] = speller.spelled(str(record["name"]))
            value: Any = msgspec.convert(record, _CLASSES[name])
            before = published[name].get(value.code)
            old: Any = msgspec.convert(before, _CLASSES[name]) if before is not None else None
            change = record_change(name, value.code, old, value)
            same = old is not None and change is None and old.version == value.version
            datasets[name].append(dict(before) if before is not None and same else record_from(value))
            changes += [change] if change is not None else []
        if whole:
            kept = {str(record["code"]) for record in records}
            lost = [(code, row) for code, row in published[name].items() if code not in kept]
            changes += [
                change
                for code, row in lost
                if (change := record_change(name, code, msgspec.convert(row, _CLASSES[name]), None)) is not None
            ]
    return _Edition(datasets, whole, changes)


def _tell_errors(errors: Sequence[Finding], *, as_json: bool) -> Exit:
    if as_json:
        found = [
            {"code": one.code, "file": one.place.file, "row": one.place.row, "column": one.place.column,
             "subject": one.subject, "message": library_findings.sentence(one)}
            for one in errors
        ]
        say_json({"ok": False, "findings": found})
        return Exit.PROBLEMS
    for one in errors[:MOST_FINDINGS]:
        words = f"{library_findings.sentence(one)}。{library_findings.advice(one)}。"
        say(f"{LEVELS[one.level.value]} {one.code} {library_findings.place(one)}：{words}")
    more = len(errors) - MOST_FINDINGS
    say(f"有 {len(errors)} 处错误{f'，还有 {more} 处没有列出' if more > 0 else ''}，没有发布。请改好再发布。")
    return Exit.PROBLEMS


def _tell(step: LibraryStep, edition: _Edition, version: int, warnings: int, arguments: Namespace) -> None:
    by_kind = {kind: [one for one in edition.changes if one.kind is kind] for kind in ChangeKind}
    if arguments.json:
        listed = {kind.value.lower(): [_as_json(one) for one in found] for kind, found in by_kind.items()}
        say_json({"ok": True, "edition_before": step.edition_before, "edition": step.edition, **listed,
                  "catalogue": version or None, "warnings": warnings})
        return
    before = f"{step.edition_before} 版 → " if step.edition_before not in ("", step.edition) else ""
    counted = "、".join(f"{KINDS[kind]} {len(found)}" for kind, found in by_kind.items() if found)
    say(f"指标库 {before}{step.edition} 版：{counted or '没有变化'}。")
    for kind, found in by_kind.items():
        for one in found[:MOST_NAMES]:
            say(f"  {KINDS[kind]} {DATASETS[one.dataset]} {one.key} {title_of(one)}：{what_changed(one)}")
        if len(found) > MOST_NAMES:
            say(f"  {KINDS[kind]} 还有 {len(found) - MOST_NAMES} 条")
    if warnings:
        say(f"另有 {warnings} 处提示，可用 budgetdesk library check 查看。")
    if version:
        say(f"已签名发布，目录第 {version} 版。各单位下次同步时收到。")
    else:
        say("只核对，没有发布。" if arguments.dry_run else "和已发布的一样，没有发布新版。")


def _as_json(change: RecordChange) -> dict[str, object]:
    return {"dataset": change.dataset, "code": change.key, "name": title_of(change), "fields": list(change.fields),
            "successor": change.successor}


