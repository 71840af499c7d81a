"""Why vouchers are given back most often, in the words that the maker reads."""

from dataclasses import dataclass

from desktop.texts import tr


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """A frequent reason.

    Attributes:
        word: On the list that the checker ticks.
        sentence: What the maker reads: what is wrong and what to do; without its full stop.
    """

    word: str
    sentence: str


RETURN_REASONS: tuple[ReturnReason, ...] = (
    ReturnReason(tr("附件不全"), tr("附件不全，请把缺的发票加进来")),
    ReturnReason(tr("发票有问题"), tr("发票有问题，请向销售方核实或重开")),
    ReturnReason(tr("金额与发票不符"), tr("金额与发票不符，请核对后改正")),
    ReturnReason(tr("收款人信息有误"), tr("收款人名称、账号或开户行有误，请与对方核对")),
    ReturnReason(tr("经济分类不对"), tr("经济分类选得不对，请按实际用途改")),
    ReturnReason(tr("指标选错"), tr("指标选得不对，请换成对应项目的指标")),
    ReturnReason(tr("用途不清"), tr("用途写得不清楚，请写明什么事、哪一笔")),
    ReturnReason(tr("提示的说明不够"), tr("黄色提示的说明不够，请写明怎么核实的")),
)
MOST = 200  # characters of a reason, as in the field where it was typed alone


def reason_text(ticked: tuple[int, ...], free: str) -> str:
    """Return the reason that goes to the maker; empty when nothing was ticked or written.

    Args:
        ticked: Places in `RETURN_REASONS`, in any order.
        free: The checker's own words; they come last, as they were written.
    """
    parts = [RETURN_REASONS[at].sentence for at in sorted(set(ticked))]
    own = free.strip().rstrip("。；;")
    return "；".join([*parts, own] if own else parts)
